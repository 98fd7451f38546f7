import assert from 'node:assert/strict';
import type { Held } from './otherWindow.ts';

/** One letter a character: `i` initial, `t` typed, `p` pasted, `?` unknown, `e` from the disk. */
const letters: Readonly<Record<string, string>> = {
  initial: 'i',
  typed: 't',
  'pasted.editor': 'p',
  'pasted.external': 'p',
  'external.disk': 'e',
};

/** The share of typed letters that may be unknown: on a busy machine the sign of a key may come too late to count. */
const late = 0.05;

/**
 * Fails where runs (`kind: text`) say anything that is not so: each expected run must be of its kind, but that typed
 * text may be unknown in part.
 */
export function agrees(found: readonly string[] | undefined, expected: readonly string[]): void {
  const [own, wanted] = [picture(found ?? []), picture(expected)];
  const hint = `${JSON.stringify(found)} for ${JSON.stringify(expected)}`;
  assert.equal(own.text, wanted.text, hint);
  const unknown = [...own.kinds].filter((kind, i) => kind === '?' && wanted.kinds[i] === 't').length;
  const typed = [...wanted.kinds].filter(kind => kind === 't').length;
  const told = [...own.kinds].map((kind, i) => (kind === '?' && wanted.kinds[i] === 't' ? 't' : kind)).join('');
  assert.equal(told, wanted.kinds, hint);
  assert.ok(unknown <= late * typed, `${unknown} of ${typed} typed characters are unknown: ${hint}`);
}

/** All of them are of this text, and agree. */
export function allAgree(all: readonly Held[], count: number, expected: readonly string[]): void {
  assert.equal(all.length, count);
  for (const { runs } of all) agrees(runs, expected);
}

function picture(runs: readonly string[]): { text: string; kinds: string } {
  let [text, kinds] = ['', ''];
  for (const run of runs) {
    const at = run.indexOf(': ');
    const part = run.slice(at + 2);
    text += part;
    kinds += (letters[run.slice(0, at)] ?? '?').repeat(part.length);
  }
  return { text, kinds };
}
