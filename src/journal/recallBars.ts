import { counts } from '../text/moves.ts';
import { partsOf } from '../text/words.ts';

/**
 * What speaks for a run that was found having come from where it stands there.
 *
 * `token`: the person copied text that Holograph records, in this or another window, and this was pasted. `gone`: it
 * was taken away there just before, or the text is of the same document, which another program wrote as it had been.
 * `alike`: nothing but the words.
 */
export type Ground = 'token' | 'gone' | 'alike';

/**
 * Units, and different words of three letters or more, that a run needs to be inherited as the work of a person, as
 * what was there before, or as a tool's: then it must not be by chance that a machine wrote the same.
 *
 * A line of imports or the head of a loop is what every programmer and every model writes: some 60 units, of up to 8
 * such words. Verbatim prose of 16 different words is no chance, nor are some lines of code of one's own. Where the
 * text went away there just when it came here, half of that will do. A copy token needs no more than any run.
 */
const bars: Readonly<Record<Ground, { readonly units: number; readonly words: number }>> = {
  token: { units: 0, words: 0 },
  gone: { units: 48, words: 8 },
  alike: { units: 96, words: 16 },
};

/** Whether a run says enough to be inherited at all: 24 units, 12 of them letters or digits. */
export function isTelling(run: string): boolean {
  return counts(run);
}

/** Whether a run says enough to be a person's, the former text's or a tool's own. */
export function isOwn(run: string, ground: Ground): boolean {
  const { units, words } = bars[ground];
  return isTelling(run) && run.length >= units && (words === 0 || differentWords(run) >= words);
}

/** Different words of three letters or more; of scripts without spaces between words, half the different signs. */
function differentWords(run: string): number {
  const { starts, ends, letters } = partsOf(run, 0, run.length);
  const words = new Set<string>();
  const signs = new Set<string>();
  for (let i = 0; i < starts.length; i++) {
    const part = run.slice(starts[i], ends[i]);
    if (letters[i]! >= 3) words.add(part);
    else if (letters[i]! > 0 && part.charCodeAt(0) >= 0x0e00) signs.add(part);
  }
  return words.size + (signs.size >> 1);
}
