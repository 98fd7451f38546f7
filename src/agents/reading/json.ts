/** Narrowing of parsed JSON of unknown shape: what is not as expected is absent, and nothing throws. */

export type Fields = Readonly<Record<string, unknown>>;

export function fields(value: unknown): Fields | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** A time or a duration in milliseconds as a whole number; nothing for what can be none. */
export function milliseconds(value: unknown): number | undefined {
  const whole = typeof value === 'number' ? Math.floor(value) : Number.NaN;
  return Number.isSafeInteger(whole) ? whole : undefined;
}
