import type { HandCounts } from '../evidence/flow.ts';
import type { PromptEntry } from '../evidence/register.ts';
import type { Hand } from '../provenance/origin.ts';
import type { Words } from './words.ts';

/** Files that are named of those in which a prompt's text stands. */
const mostFiles = 5;

/** What the register says of a prompt beside its head and its text, a line each; nothing is said where nothing is known. */
export function promptFacts(entry: PromptEntry, words: Words): readonly string[] {
  const { by, withheld = 0, written, rewords, edits, loop, note, protect } = entry;
  const facts: string[] = [];
  if (by === 'import') facts.push(words.t('prompts.imported'));
  if (by === 'person') facts.push(words.t('prompts.declared'));
  if (withheld > 0) facts.push(words.t('prompts.withheld', { n: withheld }));
  if (written !== null) {
    const { file, at, hands } = written;
    facts.push(words.t('prompts.written', { file: file ?? '—', at: words.time(at), hands: sharesOf(hands, words) }));
  }
  if (rewords !== null) {
    const { number, changes, more } = rewords;
    const said = changes.map(change => changed(change, words));
    const all = [...said, ...(more > 0 ? ['…'] : [])].join('; ');
    facts.push(
      all === '' ? words.t('prompts.again', { number }) : words.t('prompts.rewords', { number, changes: all }),
    );
  }
  if (loop !== null) facts.push(words.t('prompts.loop', { ...loop }));
  if (entry.inserted > 0) {
    const { unaltered, altered, removed } = entry;
    facts.push(words.t('prompts.became', { unaltered, altered, removed }));
  }
  const files = [...new Set(entry.spans.map(({ file }) => file))];
  if (files.length > 0)
    facts.push(
      words.t('prompts.places', {
        files: [...files.slice(0, mostFiles), ...files.slice(mostFiles, mostFiles + 1).map(() => '…')].join(', '),
      }),
    );
  if (entry.answers > 0) facts.push(words.t('prompts.answers', { n: entry.answers }));
  const takers = sharesOf(entry.removedBy, words);
  if (takers !== '') facts.push(words.t('prompts.removedBy', { hands: takers }));
  if (edits.made > 0) facts.push(words.t('prompts.edits', { ...edits }));
  if (note !== null) facts.push(words.t('prompts.note', { at: words.time(note.at), note: note.text }));
  if (protect !== 'undecided') facts.push(words.t(`prompts.protect.${protect}`));
  return facts;
}

/** `human 12, origin unknown 3`. */
function sharesOf(counts: HandCounts, words: Words): string {
  const hands = Object.entries(counts) as [Hand, number][];
  return hands.map(([hand, n]) => `${words.t(`hand.${hand}`)} ${words.n(n)}`).join(', ');
}

function changed({ removed, added }: { readonly removed: string; readonly added: string }, words: Words): string {
  const args = { removed: cut(removed), added: cut(added) };
  if (removed === '') return words.t('prompts.added', args);
  return words.t(added === '' ? 'prompts.leftOut' : 'prompts.put', args);
}

/** Whole files are pasted into prompts: of a change its beginning is shown. */
function cut(words: string): string {
  const characters = [...words.slice(0, 400)];
  return words.length > 200 ? `${characters.slice(0, 200).join('')}…` : words;
}
