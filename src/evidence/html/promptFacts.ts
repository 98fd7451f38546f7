import { hands } from '../../provenance/origin.ts';
import type { HandCounts } from '../flow.ts';
import type { PromptEntry } from '../register.ts';
import type { Report } from '../report.ts';
import { text } from './markup.ts';
import type { Words } from './words.ts';

/** Changed words of a prompt that are listed; of the others how many there are. */
const shownChanges = 20;
/** Characters of one change that are shown: whole files are pasted into prompts. */
const longest = 400;

/** Which later prompts reword each prompt, by its number. */
export function rewordedBy({ prompts }: Report): ReadonlyMap<number, readonly number[]> {
  const later = new Map<number, number[]>();
  for (const { number, rewords } of prompts) {
    if (rewords === null) continue;
    const list = later.get(rewords.number);
    if (list === undefined) later.set(rewords.number, [number]);
    else list.push(number);
  }
  return later;
}

/** What is known of a prompt beside its text and its places, an item each, as HTML; nothing is said where nothing is known. */
export function promptFacts(
  entry: PromptEntry,
  words: Words,
  link: { readonly file: (path: string) => string; readonly later: readonly number[] },
): readonly string[] {
  const { number, withheld = 0, written, rewords, edits, answers, loop, note, protect } = entry;
  const facts: string[] = [];
  if (withheld > 0) facts.push(words.t('prompts.withheld', { n: withheld }));
  if (written !== null) {
    const file = written.file === null ? words.t('prompts.noFile') : link.file(written.file);
    facts.push(
      words.html('prompts.written', {
        file,
        at: words.dateTime(written.at),
        hands: sharesOf('hand', written.hands, words),
      }),
    );
  }
  if (rewords !== null) facts.push(reworded(rewords, words));
  if (link.later.length > 0) {
    facts.push(words.html('prompts.rewordedBy', { numbers: link.later.map(promptLink).join(', ') }));
  }
  if (loop !== null) {
    const { first, step, steps } = loop;
    const begun = first === number ? words.n(first) : promptLink(first);
    facts.push(words.html('prompts.loop', { step: words.n(step), steps: words.n(steps), first: begun }));
  }
  const takers = sharesOf('actor', entry.removedBy, words);
  if (takers !== '') facts.push(words.html('prompts.removedBy', { hands: takers }));
  if (edits.made > 0) facts.push(words.t('prompts.edits', { ...edits }));
  if (answers > 0) facts.push(words.t('prompts.answers', { n: answers }));
  if (note !== null) {
    const said = `<q dir="auto">${text(note.text)}</q>`;
    facts.push(words.html('prompts.note', { at: words.dateTime(note.at), note: said }));
  }
  if (protect !== 'undecided') facts.push(words.named('prompts.protect', protect));
  return facts;
}

function reworded({ number, changes, more }: NonNullable<PromptEntry['rewords']>, words: Words): string {
  const earlier = promptLink(number);
  if (changes.length === 0) return words.html('prompts.again', { number: earlier });
  const shown = changes
    .slice(0, shownChanges)
    .map(({ removed, added }) => [mark('del', removed), mark('ins', added)].filter(part => part !== '').join(' → '));
  const rest = changes.length - Math.min(changes.length, shownChanges) + more;
  const all = [...shown, ...(rest > 0 ? [words.t('prompts.more', { n: rest })] : [])].join('; ');
  return words.html('prompts.rewords', { number: earlier, changes: all });
}

function mark(element: 'del' | 'ins', said: string): string {
  const characters = [...said.slice(0, 2 * longest)];
  const shown = characters.length > longest ? `${characters.slice(0, longest).join('')}…` : said;
  return said === '' ? '' : `<${element} dir="auto">${text(shown)}</${element}>`;
}

/** `Human 12, Unknown 3`. */
function sharesOf(named: 'hand' | 'actor', counts: HandCounts, words: Words): string {
  const counted = hands.filter(hand => counts[hand] !== undefined);
  return counted.map(hand => `${words.named(named, hand)} ${words.n(counts[hand] ?? 0)}`).join(', ');
}

function promptLink(number: number): string {
  return `<a href="#p${number}">${number}</a>`;
}
