import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { Words as ReportWords } from '../evidence/html/words.ts';
import { type RecordedText, type SpansDocument, spansDocument } from '../evidence/spans.ts';
import { lastOf } from '../journal/lastText.ts';
import { masked } from '../journal/masked.ts';
import type { JournalReader } from '../journal/reader.ts';
import { bounds } from '../provenance/tally.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { textOnDisk } from './diskText.ts';
import { table } from './help.ts';
import { demandFile } from './inputFile.ts';
import { reading, recordedFor } from './journals.ts';
import { inOtherJournals } from './workJournals.ts';

export const spansCommand: Command = {
  name: 'spans',
  usage: 'FILE',
  about: 'help.spans',
  options: {},
  run(call) {
    if (call.paths.length !== 1) throw new Refusal('error.missing', { what: 'FILE' });
    const { recorded, onDisk } = read(call);
    const document = spansDocument(recorded, onDisk);
    if (call.json) call.document(document);
    else print(call, document, recorded.text);
    return 0;
  },
};

interface Read {
  readonly recorded: RecordedText;
  readonly onDisk: string | undefined;
}

/** As the folder's own journal has it; as another of the same work, where only that one has the text of the file. */
function read(call: Call): Read {
  const { consented, paths } = recordedFor(call);
  const path = paths[0]!;
  const own = reading(consented.file, reader => recordedIn(call, reader, path));
  if (own !== undefined && own.recorded.text === own.onDisk) return own;
  const other = inOtherJournals(call, consented, reader => {
    const found = recordedIn(call, reader, path);
    return found !== undefined && found.recorded.text === found.onDisk ? found : undefined;
  });
  const found = other ?? own;
  if (found === undefined) {
    const file = resolve(call.folder, call.paths[0]!);
    if (existsSync(file)) demandFile(file);
    throw new Refusal('error.noFile', { path });
  }
  return found;
}

function recordedIn(call: Call, reader: JournalReader, path: string): Read | undefined {
  const state = reader.replay();
  const document = state.at(path);
  if (document === undefined) return undefined;
  const { text, provenance, content } = lastOf(state, document);
  const recorded = { work: reader.work, journal: reader.id, path, text, provenance, state };
  const onDisk = textOnDisk(resolve(call.folder, call.paths[0]!), document);
  // The file may still have words that were taken out of the record.
  return { recorded, onDisk: onDisk === undefined ? undefined : masked(state, content, onDisk) };
}

function print({ words, print }: Call, document: SpansDocument, text: string): void {
  const { file, length, current, spans, tally } = document;
  print(words.t(current ? 'spans.current' : 'spans.other', { file, length }));
  const names = new ReportWords(words.language);
  const rows = joined(spans).map(({ from, to, kind, basis, event, last, placedBy }): [string, string] => {
    const made = last === event ? (event ?? '') : `${event} … ${last}`;
    const acts = placedBy
      ? words.t('spans.placed', { event: made, how: names.named('placement', placedBy.how), placed: placedBy.event })
      : made;
    return [
      `${from}–${to}  ${names.named('kind', kind)} · ${names.named('basis', basis)}`,
      `${excerpt(text.slice(from, to))}  ${acts}`,
    ];
  });
  if (rows.length > 0) print(table(rows));
  const { human, machine, unknown } = bounds(tally);
  print(words.t('report.human', { human: words.range(human) }));
  print(words.t('report.machine', { machine: words.range(machine) }));
  print(words.t('report.unknown', { unknown: words.percent(unknown) }));
}

type Row = SpansDocument['spans'][number] & { readonly last: string | null };

/** For people a run of keystrokes is one row: neighbours of one kind, basis, prompt and commit, placed by the same act. */
function joined(spans: SpansDocument['spans']): Row[] {
  const rows: Row[] = [];
  for (const span of spans) {
    const row = rows.at(-1);
    const goesOn =
      row?.kind === span.kind &&
      row.basis === span.basis &&
      row.prompt === span.prompt &&
      row.commit === span.commit &&
      row.placedBy?.event === span.placedBy?.event;
    if (row && goesOn) rows[rows.length - 1] = { ...row, to: span.to, last: span.event };
    else rows.push({ ...span, last: span.event });
  }
  return rows;
}

/** Texts are foreign: nothing in them may move the cursor or turn the direction of a line. */
function excerpt(text: string): string {
  const start = text.length > 40 ? `${text.slice(0, 39)}…` : text;
  return JSON.stringify(start).replace(/[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '·');
}
