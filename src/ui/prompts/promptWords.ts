import type { PromptEntry } from '../../evidence/register.ts';
import type { Texts } from '../../host/texts.ts';
import { type Hand, hands } from '../../provenance/origin.ts';
import { excerpt, plain } from '../markdown.ts';
import { toolName } from '../toolNames.ts';
import { words } from '../words.ts';

/** What became of what a prompt led to, as far as it is known. */
export type Fate = 'unaltered' | 'altered' | 'removed' | 'rejected' | 'edited' | 'answered' | 'nothing';

/** Each fate's icon of the editor's own set. */
export const fateIcons: Readonly<Record<Fate, string>> = {
  unaltered: 'pass',
  altered: 'edit',
  removed: 'trash',
  rejected: 'discard',
  edited: 'diff',
  answered: 'comment',
  nothing: 'circle-outline',
};

type Told = Pick<PromptEntry, 'inserted' | 'retained' | 'altered' | 'edits' | 'answers'>;

export function fateOf({ inserted, retained, altered, edits, answers }: Told): Fate {
  if (altered > 0) return 'altered';
  if (retained > 0) return 'unaltered';
  if (edits.made > 0 && edits.rejected + edits.undone === edits.made) return 'rejected';
  if (inserted > 0) return 'removed';
  // Tools' records tell of edits that nobody saw: imported ones, and those of files that stood otherwise.
  if (edits.made > 0) return 'edited';
  return answers > 0 ? 'answered' : 'nothing';
}

/** What stands behind a prompt's first words in the list, where there is little room: characters that stand of those inserted. */
export function ledTo(entry: PromptEntry, { t }: Texts): string {
  const led = t(`brief.${fateOf(entry)}`, counts(entry));
  return entry.protect === 'yes' ? `${led} · ${t('prompts.marked')}` : led;
}

function counts({ inserted, retained, altered, edits: { made } }: PromptEntry) {
  return { inserted, retained, altered, made };
}

/** The same for who cannot see the list: one sentence with all that its row shows. */
export function spoken(entry: PromptEntry, texts: Texts): string {
  const { number, asked, text } = entry;
  const agent = toolName(entry.agent);
  const time = texts.dateTime(Date.parse(asked));
  const fate = texts.t(`fate.${fateOf(entry)}`, counts(entry));
  const led = entry.protect === 'yes' ? `${fate}, ${texts.t('prompts.marked')}` : fate;
  return texts.t('prompts.spoken', { number, agent, time, text: excerpt(text, 200), led });
}

/** Characters of a prompt that its tooltip shows. */
const shown = 600;

/** What the register knows of a prompt, in Markdown. */
export function promptTooltip(entry: PromptEntry, texts: Texts): string {
  const { t } = texts;
  const tool = toolName(entry.agent);
  const by = entry.model === null ? tool : `${tool}, ${entry.model}`;
  const time = texts.dateTime(Date.parse(entry.asked));
  const facts = factsOf(entry, texts).map(fact => `- ${plain(fact)}`);
  return [
    `**${plain(t('prompts.title', { number: entry.number }))}** · ${plain(by)} · ${plain(time)}`,
    plain(excerpt(entry.text, shown)),
    facts.join('\n'),
  ].join('\n\n');
}

function factsOf(entry: PromptEntry, texts: Texts): readonly string[] {
  const { t } = texts;
  const {
    by,
    withheld = 0,
    inserted,
    unaltered,
    altered,
    removed,
    edits,
    written,
    rewords,
    loop,
    note,
    protect,
  } = entry;
  const facts: string[] = [t(`promptBy.${by}`)];
  if (withheld > 0) facts.push(t('prompts.withheld', { n: withheld }));
  if (written !== null) {
    const file = written.file ?? t('prompts.noFile');
    facts.push(t('prompts.written', { file, hands: shares(written.hands, texts) }));
  }
  if (rewords !== null) {
    const changes = rewords.changes.slice(0, 5).map(change => changed(change, texts));
    const { number } = rewords;
    facts.push(
      changes.length === 0
        ? t('prompts.again', { number })
        : t('prompts.rewords', { number, changes: excerpt(changes.join('; '), 200) }),
    );
  }
  if (loop !== null) facts.push(t('prompts.loop', { step: loop.step, steps: loop.steps, first: loop.first }));
  facts.push(inserted > 0 ? t('prompts.became', { inserted, unaltered, altered, removed }) : t('prompts.ledNowhere'));
  if (entry.answers > 0) facts.push(t('prompts.answers', { n: entry.answers }));
  const takers = shares(entry.removedBy, texts);
  if (takers !== '') facts.push(t('prompts.removedBy', { hands: takers }));
  if (edits.made > 0) {
    const { made, accepted, rejected, undone } = edits;
    facts.push(t('prompts.edits', { made, accepted, rejected, undone }));
  }
  if (note !== null) facts.push(t('prompts.note', { note: excerpt(note.text, 300) }));
  facts.push(t(`protect.${protect}`));
  return facts;
}

function changed(change: { readonly removed: string; readonly added: string }, { t }: Texts): string {
  if (change.removed === '') return t('prompts.added', change);
  return t(change.added === '' ? 'prompts.leftOut' : 'prompts.put', change);
}

/** Characters by hand: `human 12, unknown 3`. */
function shares(counts: Partial<Record<Hand, number>>, texts: Texts): string {
  const known = hands.filter(hand => counts[hand] !== undefined);
  return known.map(hand => `${texts.t(words.hand(hand))} ${texts.number(counts[hand] ?? 0)}`).join(', ');
}
