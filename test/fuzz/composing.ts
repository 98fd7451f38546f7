import type { Do } from './act.ts';
import { allowance } from './allowance.ts';
import { born, type Cells } from './cell.ts';
import { caretAt } from './place.ts';

/** The first consonants of Hangul, in the order of Unicode's syllables. */
const consonants = [...'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'];

/** What input methods do: they show letters, and put others in their place. One undo takes all of it back. */
export const composing = {
  /** A syllable of Hangul: its first letter leaves a kind, what comes in its place leaves none. A key may follow. */
  syllable({ world, window, text, a, c }) {
    const at = caretAt(text.cells, a);
    const whole = world.pool.syllable();
    const keys = { group: 'type', selection: 'keyboard', carets: [at + 1], at: [[at, at]] } as const;
    const put = (to: number, cells: Cells, telling: object) => {
      window.edit(text, [{ from: at, to, cells }], { ...keys, ...telling });
      window.product.clock.pass(60);
    };
    const shown = shownFor(whole);
    put(at, born(shown[0]!, 'typed'), {});
    for (const letter of shown.slice(1, -1)) put(at + 1, born(letter, 'typed', 'unknown'), { selection: 'none' });
    put(at + 1, born(whole, 'typed', 'unknown'), { selection: 'none' });
    if (c % 2 === 0) return;
    const next = born(world.pool.letter(c), 'typed');
    allowance.key(next, window, text);
    const end = at + 1 + next.length;
    window.edit(text, [{ from: at + 1, to: at + 1, cells: next }], { ...keys, carets: [end], at: [[at + 1, at + 1]] });
    window.product.clock.pass(60);
  },

  /** Letters are typed, and Han comes in the place of all of them: as many do not move the caret, and leave no kind. */
  phrase({ world, window, text, a, b, c }) {
    const from = caretAt(text.cells, a);
    let at = from;
    // While a paste is awaited, what replaces more letters is not known.
    window.product.clock.pass(2100);
    for (let i = 0; i < 2 + (b % 4); i++) {
      const cells = born(world.pool.letter(c + i), 'typed');
      window.edit(text, [{ from: at, to: at, cells }], {
        group: 'type',
        selection: 'keyboard',
        carets: [at + cells.length],
        at: [[at, at]],
      });
      at += cells.length;
      window.product.clock.pass(60);
    }
    const words = [...Array(1 + (c % 3))].map(() => world.pool.han()).join('');
    const fewer = words.length < at - from;
    const cells = fewer ? born(words, 'typed') : born(words, 'typed', 'unknown');
    window.edit(text, [{ from, to: at, cells }], {
      group: 'type',
      selection: words.length === at - from ? 'none' : 'keyboard',
      carets: [from + words.length],
      at: [[at, at]],
    });
    window.product.clock.pass(60);
  },
} satisfies Readonly<Record<string, Do>>;

/** What stands there one after the other while a syllable comes to be, with it. */
function shownFor(syllable: string): string[] {
  const code = syllable.charCodeAt(0) - 0xac00;
  const open = String.fromCharCode(syllable.charCodeAt(0) - (code % 28));
  return [...new Set([consonants[Math.floor(code / 588)]!, open, syllable])];
}
