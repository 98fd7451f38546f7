import { linkCommands } from '../host/ids.ts';
import type { Texts } from '../host/texts.ts';
import { handOf } from '../provenance/origin.ts';
import type { Passage } from './line.ts';
import { commandLink, excerpt, plain } from './markdown.ts';
import { toolName } from './toolNames.ts';
import { ruleText, words } from './words.ts';

/** Characters of a prompt that a hover shows; the link gives the rest. */
const promptExcerpt = 160;

/** What a passage is and why we think so, in Markdown. */
export function passageText(passage: Passage, texts: Texts): string {
  const { t } = texts;
  const { kind, basis, rule } = passage.origin;
  const lines = [
    `**${plain(t(words.kind(kind)))}** · ${plain(t(words.hand(handOf(kind))))}`,
    `${plain(t('passage.why'))} ${plain(t(words.basis(basis)))} ${plain(ruleText(rule, texts))}`,
    ...promptLines(passage.prompt, texts),
    ...repeatLines(passage, texts),
    ...commitLines(passage, texts),
    ...timeLines(passage, texts),
  ];
  if (handOf(kind) === 'unknown') lines.push(plain(t('passage.unknown')));
  return lines.join('\n\n');
}

/** A mark, not an origin: it stays the person's. */
function repeatLines({ repeats }: Passage, texts: Texts): string[] {
  return repeats === undefined ? [] : [plain(texts.t('passage.repeats')), ...promptLines(repeats.prompt, texts)];
}

function promptLines(prompt: Passage['prompt'], texts: Texts): string[] {
  if (prompt === undefined) return [];
  const { t } = texts;
  const tool = toolName(prompt.agent);
  const by = prompt.model === undefined ? tool : `${tool}, ${prompt.model}`;
  const link = commandLink(t('action.wholePrompt'), linkCommands.showPrompt, [prompt.id]);
  const asked = plain(t('passage.prompt', { by, time: texts.dateTime(prompt.time) }));
  return [`${asked}  \n${plain(excerpt(prompt.text, promptExcerpt))}  \n${link}`];
}

function commitLines({ commit }: Passage, texts: Texts): string[] {
  if (commit === undefined) return [];
  const { id, author, authored } = commit;
  const time = texts.dateTime(authored);
  return [plain(texts.t('passage.commit', { id: id.slice(0, 10), author: author || '—', time }))];
}

function timeLines({ placement, time, event, placedAt, placedBy }: Passage, texts: Texts): string[] {
  const { t } = texts;
  const lines: string[] = [];
  if (time !== undefined) lines.push(t('passage.time', { time: texts.dateTime(time) }));
  if (placement !== 'insert') {
    const how = t(words.placement(placement));
    lines.push(placedAt === undefined ? how : t('passage.placed', { how, time: texts.dateTime(placedAt) }));
  }
  const events = [event, placedBy].filter(id => id !== undefined);
  const facts = lines.length === 0 ? [] : [lines.map(plain).join('  \n')];
  return events.length === 0 ? facts : [...facts, `${plain(t('passage.event'))} \`${events.join('`, `')}\``];
}
