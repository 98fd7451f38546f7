/** Code units that a print is taken over, … */
const gram = 12;
/** … and how many places in a row give one print at least. */
const window = 13;

/** A run of so many units that two texts have in common shares a print, wherever it stands in them. */
export const guaranteed = gram + window - 1;

const base = 0x01000193;
/** What the first unit of a gram weighs in its hash: `base` to the power of `gram - 1`. */
const heaviest = new Array<number>(gram - 1).fill(base).reduce((n, by) => Math.imul(n, by), 1);
/** Value of a place without a letter or digit: dashes and indents are alike everywhere and tell nothing. */
const nothing = 0xffffffff;

/**
 * Tells the prints of a text in order: the least hash of every 13 places in a row, the last where several are least
 * (winnowing: Schleimer, Wilkerson, Aiken, SIGMOD 2003, section 3). Texts with the same print need not be equal.
 */
export function printsOf(text: string, tell: (hash: number, at: number) => void): void {
  const last = text.length - gram;
  const values = new Uint32Array(16);
  let hash = 0;
  /** Place behind the last letter or digit. */
  let worded = 0;
  for (let i = 0; i < gram - 1 && i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = (Math.imul(hash, base) + unit) | 0;
    if (isWorded(unit)) worded = i + 1;
  }
  let [least, at, told] = [nothing, -1, -1];
  for (let i = 0; i <= last; i++) {
    const unit = text.charCodeAt(i + gram - 1);
    hash = (Math.imul(hash, base) + unit) | 0;
    if (isWorded(unit)) worded = i + gram;
    const value = worded > i ? mixed(hash) : nothing;
    hash = (hash - Math.imul(text.charCodeAt(i), heaviest)) | 0;
    values[i & 15] = value;
    if (value <= least) {
      least = value;
      at = i;
    } else if (at <= i - window) {
      least = nothing;
      for (let j = i - window + 1; j <= i; j++) {
        const old = values[j & 15]!;
        if (old > least) continue;
        least = old;
        at = j;
      }
    }
    if (at === told || least === nothing || (i < window - 1 && i < last)) continue;
    told = at;
    tell(least, at);
  }
}

/** Letters, digits and all that is not ASCII. */
function isWorded(unit: number): boolean {
  const lower = unit | 0x20;
  return unit > 0x7f || (lower >= 0x61 && lower <= 0x7a) || (unit >= 0x30 && unit <= 0x39);
}

/** Spreads a hash, so that which one is least has nothing to do with the letters. */
function mixed(hash: number): number {
  let x = hash ^ (hash >>> 15);
  x = Math.imul(x, 0x2c1b3c6d);
  x ^= x >>> 12;
  x = Math.imul(x, 0x297a2d39);
  x = (x ^ (x >>> 15)) >>> 0;
  return x === nothing ? 0 : x;
}
