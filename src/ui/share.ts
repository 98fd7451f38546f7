import type { Language } from '../host/texts.ts';
import type { Share } from '../provenance/tally.ts';

/**
 * A share as whole per cent that never says more than is known: a low bound is rounded down, a high
 * bound up, and only none is 0 and only all is 100.
 */
export function shareText({ low, high }: Share, language: Language): string {
  return `${low === high ? exact(low) : between(low, high)}${percent(language)}`;
}

/** One hand's part of all, to a tenth of a per cent; the parts of a whole add up but for rounding. */
export function partText(n: number, all: number, language: Language): string {
  const digits = { minimumFractionDigits: 1, maximumFractionDigits: 1 };
  const number = (value: number) => new Intl.NumberFormat(language, digits).format(value);
  const share = (n / all) * 100;
  if (n > 0 && share < 0.05) return `<${number(0.1)}${percent(language)}`;
  if (n < all && share >= 99.95) return `>${number(99.9)}${percent(language)}`;
  return number(share) + percent(language);
}

function exact(share: number): string {
  if (share > 0 && share < 0.01) return '<1';
  if (share < 1 && share > 0.99) return '>99';
  return String(Math.round(share * 100));
}

function between(low: number, high: number): string {
  // 0.29 * 100 is 28.999…: what a division left over must not move a bound by one.
  const from = Math.floor(low * 100 + 1e-9);
  const to = Math.ceil(high * 100 - 1e-9);
  return from === to ? String(from) : `${from}–${to}`;
}

function percent(language: Language): string {
  return language === 'en' ? '%' : '\u00a0%';
}
