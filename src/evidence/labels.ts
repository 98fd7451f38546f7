import type { DigitalSource, LabelForm, LabelLevel } from '../journal/labelEvent.ts';
import { type Member, textMember } from './bag.ts';
import type { Chronicle } from './chronicle.ts';
import type { EventOf } from './keptEvents.ts';
import { stamp } from './moment.ts';
import { type FilesNow, filesNow, isOutlived } from './outlived.ts';
import { csvRow } from './promptMembers.ts';

/** A label of AI use that was written into a file, or removed. */
export interface LabelEntry {
  readonly act: 'written' | 'removed';
  /** Path relative to the folder, with `/`, as the file is called now; null: it was never called so. */
  readonly file: string | null;
  readonly form: LabelForm;
  /** Null where it was removed; so are all that follow of what it says. */
  readonly level: LabelLevel | null;
  /** A term of IPTC's digital source types. */
  readonly source: DigitalSource | null;
  /** It says that a person has reviewed the text, as that person states. */
  readonly reviewed: boolean | null;
  readonly wording: 'generic' | 'eu' | 'kz' | null;
  readonly language: 'en' | 'ru' | 'kk' | null;
  /** The visible half. */
  readonly notice: string | null;
  /** The machine-readable half: JSON of the form `label.schema.json`. */
  readonly label: string | null;
  /** When, with the offset from UTC: by the clock of the machine. */
  readonly at: string;
  readonly event: string;
  readonly by: 'person' | 'command';
  /** Nothing later in the record removed or changed it, and the file's recorded text has it still. */
  readonly standing: boolean;
}

/** The labels of one journal, oldest first. */
export function labelEntries({ id, kept, folding }: Pick<Chronicle, 'id' | 'kept' | 'folding'>): LabelEntry[] {
  const last = new Map<number, number>();
  for (const { document, sequence } of kept.label) last.set(document, sequence);
  const files = filesNow(folding);
  return kept.label.map(event => {
    const file = folding.documents.get(event.document)?.path ?? null;
    const isLast = event.act === 'written' && last.get(event.document) === event.sequence;
    const standing = isLast && !(file !== null && isLost(event, file, files));
    return { ...entryOf(event), file, event: `${id}:${event.sequence}`, standing };
  });
}

/** A label is known by its id; in plain text by its marks, and where it lies beside the file by that one. */
function isLost({ form, texts, sequence }: EventOf<'label'>, path: string, files: FilesNow): boolean {
  const id = /"id":"([0-9a-f]{16})"/.exec(texts?.[1] ?? '')?.[1];
  if (id === undefined) return false;
  const file = files(path);
  if (form === 'sidecar') return file?.present === false || isOutlived(files(`${path}.label.json`), sequence, has(id));
  return isOutlived(file, sequence, has(form === 'text' ? '[AI-label ' : id));
}

function has(part: string): (text: string) => boolean {
  return text => text.includes(part);
}

function entryOf(event: EventOf<'label'>): Omit<LabelEntry, 'file' | 'event' | 'standing'> {
  const { act, form, level = null, source = null, wording = null, language = null, reviewed, texts, by } = event;
  const [notice = null, label = null] = texts ?? [];
  const said =
    act === 'written' ? { reviewed: reviewed === true, notice, label } : { reviewed: null, notice: null, label: null };
  return { act, form, level, source, wording, language, ...said, at: stamp(event), by };
}

// biome-ignore format: a list
const columns = [
  'event', 'time', 'act', 'file', 'form', 'level', 'source', 'reviewed', 'wording', 'language', 'standing', 'by', 'notice',
  'label',
] as const;

/** `data/labels/labels.csv`: an act a row; of a work that was never labelled there is none. */
export function labelMembers(chronicle: Chronicle): readonly Member[] {
  const rows = labelEntries(chronicle).map(one => [
    one.event,
    one.at,
    one.act,
    one.file ?? '',
    one.form,
    one.level ?? '',
    one.source ?? '',
    one.reviewed === null ? '' : one.reviewed ? 'yes' : 'no',
    one.wording ?? '',
    one.language ?? '',
    one.standing ? 'yes' : '',
    one.by,
    one.notice ?? '',
    one.label ?? '',
  ]);
  if (rows.length === 0) return [];
  return [textMember('data/labels/labels.csv', `\ufeff${[columns, ...rows].map(csvRow).join('')}`)];
}
