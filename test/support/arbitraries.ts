import fc from 'fast-check';
import { type Change, ChangeSet } from '../../src/text/change.ts';

const pieces = [
  fc.constantFrom('a', 'b', 'c', ' ', '\n', '\t', '.', 'é', 'ж', 'қ', '漢'),
  fc.constantFrom('e\u0301', '👩‍👩‍👧', '𝒳', '\u{1F1F0}\u{1F1FF}', '\u202e', '\ufeff', '\u2028', '\0'),
  fc.constantFrom('\ud83d', '\ude00'),
  fc.constantFrom('the ', 'word ', 'const x = 1;\n', '    return\n'),
];

/** Any text with line ends `\n`: marks that combine, pairs of surrogates and lone ones, words, code. */
export const texts = fc
  .array(fc.oneof({ weight: 6, arbitrary: pieces[0]! }, ...pieces.slice(1)), { maxLength: 40 })
  .map(parts => parts.join(''));

/** Texts of few letters, where places that only look alike are common. */
export const plainTexts = fc.string({ unit: fc.constantFrom('a', 'b', '\n', ' '), maxLength: 24 });

/** Texts with line ends of all kinds. */
export const foreignTexts = fc
  .array(fc.oneof(texts, fc.constantFrom('\r\n', '\r', '\n', '\r\r\n')), { maxLength: 12 })
  .map(parts => parts.join(''));

/** A step over a text of this length. */
export function changeSets(length: number, inserts: fc.Arbitrary<string> = plainTexts): fc.Arbitrary<ChangeSet> {
  return fc
    .array(fc.tuple(fc.nat(length), fc.nat(Math.min(length, 8)), inserts), { maxLength: 5 })
    .map(raw => ChangeSet.of(length, disjoint(length, raw)));
}

/** A text and a run of steps, each over the text that the one before left. */
export function chains(steps: number): fc.Arbitrary<{ text: string; steps: ChangeSet[] }> {
  return fc.tuple(plainTexts, fc.infiniteStream(fc.nat())).chain(([text]) => more(text, [], steps));
}

function more(text: string, done: ChangeSet[], left: number): fc.Arbitrary<{ text: string; steps: ChangeSet[] }> {
  if (left === 0) return fc.constant({ text, steps: done });
  const length = done.at(-1)?.newLength ?? text.length;
  return changeSets(length).chain(step => more(text, [...done, step], left - 1));
}

function disjoint(length: number, raw: readonly (readonly [number, number, string])[]): Change[] {
  const out: Change[] = [];
  let at = 0;
  for (const [from, size, insert] of [...raw].sort((a, b) => a[0] - b[0])) {
    const start = Math.max(at, from);
    const to = Math.min(length, start + size);
    out.push({ from: start, to, insert });
    at = to;
  }
  return out;
}
