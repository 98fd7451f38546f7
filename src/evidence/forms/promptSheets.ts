import { hands } from '../../provenance/origin.ts';
import type { PromptEntry } from '../register.ts';
import { type Block, type Form, fields, heading, recorded, text } from './form.ts';
import { formIn, type Languages } from './parted.ts';
import { authorFields } from './register.ts';
import type { FormSource } from './source.ts';
import type { Wording } from './wording.ts';

/** One form for each prompt that the author marked for protection, in the order of asking. */
export function promptForms(source: FormSource, languages: Languages): readonly Form[] {
  return source.report.prompts
    .filter(({ protect }) => protect === 'yes')
    .map(entry => {
      const name = `prompt-${String(entry.number).padStart(4, '0')}`;
      return formIn(name, 'prompt.title', languages, w => promptBlocks(source, entry, w), { n: entry.number });
    });
}

function promptBlocks({ report }: FormSource, entry: PromptEntry, w: Wording): readonly Block[] {
  const { agent, model, withheld, event } = entry;
  return [
    text(w.t('prompt.fixed')),
    fields(
      ...authorFields(report, w),
      recorded(w.t('prompt.asked'), w.dateTime(entry.asked)),
      recorded(w.t('prompt.tool'), model === null ? agent : w.t('system', { agent, models: model })),
      recorded(w.t('prompt.by'), w.t(`prompt.by.${entry.by}`)),
      recorded(w.t('prompt.written'), writtenText(entry, w)),
      recorded(w.t('prompt.rewords'), rewordsText(entry, w)),
      recorded(w.t('prompt.loop'), loopText(entry, w)),
      ...(withheld === undefined ? [] : [recorded(w.t('prompt.withheld'), w.n(withheld))]),
      recorded(w.t('prompt.entry'), event),
      recorded(w.t('prompt.note'), entry.note?.text ?? null),
    ),
    heading(w.t('prompt.text')),
    text(entry.text, 'own'),
  ];
}

function writtenText({ written }: PromptEntry, w: Wording): string {
  if (written === null) return w.t('prompt.unknown');
  const of = hands
    .filter(hand => (written.hands[hand] ?? 0) > 0)
    .map(hand => `${w.report('hand', hand)} ${w.n(written.hands[hand] ?? 0)}`);
  const file = written.file ?? w.t('prompt.noFile');
  return w.t('prompt.writtenLine', { file, at: w.dateTime(written.at), hands: of.join(', ') });
}

function rewordsText({ rewords }: PromptEntry, w: Wording): string {
  if (rewords === null) return w.t('prompt.no');
  return w.t('prompt.rewordsLine', { n: rewords.number, changes: rewords.changes.length + rewords.more });
}

function loopText({ loop }: PromptEntry, w: Wording): string {
  return loop === null ? w.t('prompt.no') : w.t('prompt.loopLine', { ...loop });
}
