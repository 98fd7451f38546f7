import { createHash, randomBytes } from 'node:crypto';

/**
 * Stands another letter or digit for each: one of the same script, case, class and length, by a permutation that is
 * drawn for what stands before it in its word. So equal words, and equal beginnings of words, stay equal, different
 * ones stay different, and nothing that is known of one word tells of another that does not begin like it. The key
 * is random and is never given away.
 */
export class Cipher {
  readonly #key = randomBytes(32);

  /** `before`: the part of the word that stands before. Marks, and whatever is no letter or digit, stay. */
  word(before: string, text: string): string {
    let prefix = before;
    let out = '';
    for (const character of text) {
      out += this.#stands(prefix, character);
      prefix += character;
    }
    return out;
  }

  #stands(prefix: string, character: string): string {
    const alike = alikeOf(character);
    const at = alike.indexOf(character);
    if (at < 0 || alike.length < 2) return character;
    const order = [...alike.keys()];
    const drawn = createHash('shake256', { outputLength: 4 * alike.length })
      .update(this.#key)
      .update(`${alike[0]} ${prefix}`)
      .digest();
    for (let i = order.length - 1; i > 0; i--) {
      const j = drawn.readUInt32LE(4 * i) % (i + 1);
      [order[i], order[j]] = [order[j]!, order[i]!];
    }
    return alike[order[at]!]!;
  }
}

/** General categories of what is scrambled. */
const categories = ['Lu', 'Ll', 'Lt', 'Lm', 'Lo', 'Nd', 'Nl', 'No'].map(name => new RegExp(`^\\p{${name}}$`, 'u'));
/** Code points that stand together are of one script, or of all: `µ` stands among Latin letters. */
const neighbourhood = 128;
const ofAll = /^[\p{sc=Common}\p{sc=Inherited}]$/u;
const known = new Map<string, readonly string[]>();

/** The characters that may stand for one: of its category, and of its neighbourhood in Unicode. */
function alikeOf(character: string): readonly string[] {
  const point = character.codePointAt(0)!;
  const category = categories.findIndex(name => name.test(character));
  if (category < 0) return [];
  const first = point - (point % neighbourhood);
  const common = ofAll.test(character);
  const key = `${first} ${category} ${common}`;
  const before = known.get(key);
  if (before) return before;
  const all = Array.from({ length: neighbourhood }, (_, i) => String.fromCodePoint(first + i));
  const alike = all.filter(other => categories[category]!.test(other) && ofAll.test(other) === common);
  known.set(key, alike);
  return alike;
}
