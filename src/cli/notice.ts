import { noticeForm } from '../evidence/forms/notice.ts';
import { type NoticeEntry, noticeEntries, openSince } from '../evidence/notices.ts';
import { packageSoftware } from '../evidence/software.ts';
import { isDay } from '../evidence/work/reading.ts';
import { appendEvents } from '../journal/append.ts';
import type { Consented } from '../journal/catalogue.ts';
import { toHex } from '../journal/digest.ts';
import { eventWords } from '../journal/eventWords.ts';
import type { RightsBody } from '../journal/rightsEvent.ts';
import { attachedExhibit } from './attachedExhibit.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { byWhom } from './exhibit.ts';
import { reading, recordedFor } from './journals.ts';
import { printNotices } from './noticeText.ts';
import { reportOf } from './report.ts';
import { writtenForm } from './writtenForms.ts';

/** What `holograph notice --json` prints. Form: `media/schema/notices.schema.json`. */
export interface NoticesDocument {
  readonly schema: 'holograph.notices';
  readonly version: 1;
  readonly journal: string;
  readonly notices: readonly ListedNotice[];
  /** Absolute paths of the files that were written. */
  readonly files: readonly string[];
}

export interface ListedNotice extends NoticeEntry {
  /** The day by which an answer is looked for and none is on record. */
  readonly open: string | null;
}

type Body = Extract<RightsBody, { kind: 'notice' }>;

export const noticeCommand: Command = {
  name: 'notice',
  usage: '[list] | new --provider NAME --address URL… --out DIR | sent N-NN | answered N-NN | write N-NN --out DIR',
  about: 'help.notice',
  most: 2,
  options: {
    provider: { about: 'help.noticeProvider', value: 'NAME' },
    contact: { about: 'help.noticeContact', value: 'TEXT' },
    address: { about: 'help.noticeAddress', value: 'URL', several: true },
    ask: { about: 'help.noticeAsk', value: 'TEXT' },
    proof: { about: 'help.noticeProof', value: 'TEXT' },
    remarks: { about: 'help.noticeRemarks', value: 'TEXT' },
    out: { about: 'help.noticeOut', value: 'DIR' },
    who: { about: 'help.noticeWho', value: 'NAME' },
    channel: { about: 'help.noticeChannel', value: 'CHANNEL' },
    outcome: { about: 'help.noticeOutcome', value: 'OUTCOME' },
    date: { about: 'help.noticeDate', value: 'DATE' },
    due: { about: 'help.noticeDue', value: 'DATE' },
    receipt: { about: 'help.noticeReceipt', value: 'FILE' },
  },
  async run(call) {
    const [action = 'list', named, ...more] = call.paths;
    if (more.length > 0) throw new Refusal('error.arguments', { detail: more.join(' ') });
    const { consented } = recordedFor({ ...call, paths: [] });
    if (action === 'list') return answer(call, consented, () => true);
    if (action === 'new') {
      drawn(call, consented);
      return answer(call, consented, (_, last) => last, call.option('out'));
    }
    const notice = noticeNamed(consented, named);
    const own = ({ name }: NoticeEntry) => name === notice.name;
    if (action === 'sent' || action === 'answered') noted(call, consented, notice, action);
    else if (action !== 'write') throw new Refusal('error.arguments', { detail: action });
    const out = action === 'write' ? (call.option('out') ?? '.') : undefined;
    return answer(call, consented, own, out);
  },
};

/** The proof of right that nobody has to write: the record as it stands. */
function drawn(call: Call, { file }: Consented): void {
  const provider = demanded(call, 'provider', '--provider NAME');
  const addresses = call
    .values('address')
    .map(oneLine)
    .filter(line => line !== '');
  if (addresses.length === 0) throw new Refusal('error.missing', { what: '--address URL' });
  const record = reading(file, reader => ({ journal: reader.id, size: reader.size, root: toHex(reader.root()) }));
  const proof = call.option('proof') ?? `${record.journal}, ${record.size}, ${record.root}`;
  const said = (name: string) => (call.option(name) ?? '').replaceAll('\r\n', '\n').trim();
  const texts = [provider, said('contact'), addresses.join('\n'), said('ask'), proof, said('remarks')];
  appendEvents(file, packageSoftware, [{ body: { kind: 'notice', act: 'drawn', by: byWhom(call) }, texts }]);
}

/** What became of it, with the receipt as an exhibit. */
function noted(call: Call, { file }: Consented, notice: NoticeEntry, act: 'sent' | 'answered'): void {
  const { channel, outcome } = { channel: call.option('channel'), outcome: call.option('outcome') };
  const [dated, due] = [dayOf(call, 'date'), dayOf(call, 'due')];
  const body: Body = {
    kind: 'notice',
    act,
    notice: Number(notice.event.slice(notice.event.lastIndexOf(':') + 1)),
    ...(channel !== undefined && { channel: wordOf<NonNullable<Body['channel']>>('channel', channel) }),
    ...(outcome !== undefined && { outcome: wordOf<NonNullable<Body['outcome']>>('outcome', outcome) }),
    ...(dated !== undefined && { dated }),
    ...(due !== undefined && { due }),
    by: byWhom(call),
  };
  const receipt = call.option('receipt');
  const exhibit =
    receipt === undefined
      ? undefined
      : attachedExhibit(call, file, {
          given: receipt,
          what: 'letter',
          shows: call.words.t('notice.receipt', { name: notice.name }),
        });
  const texts = [oneLine(call.option('who') ?? notice.provider), (call.option('remarks') ?? '').trim()];
  appendEvents(file, packageSoftware, [{ body: { ...body, ...(exhibit !== undefined && { exhibit }) }, texts }]);
}

function noticeNamed({ file }: Consented, named: string | undefined): NoticeEntry {
  if (named === undefined) throw new Refusal('error.missing', { what: 'N-NN' });
  const all = noticesIn(file).notices;
  const found = all.find(({ name }, i) => name === named.toUpperCase() || String(i + 1) === named);
  if (found === undefined) throw new Refusal('error.noTarget', { target: named });
  return found;
}

function noticesIn(file: string): { readonly journal: string; readonly notices: readonly NoticeEntry[] } {
  return reading(file, reader => {
    const events = [...reader.events()];
    const notice = events.filter(event => event.kind === 'notice');
    const exhibit = events.filter(event => event.kind === 'exhibit');
    return { journal: reader.id, notices: noticeEntries(reader.id, { notice, exhibit }) };
  });
}

type Wanted = (notice: NoticeEntry, last: boolean) => boolean;

async function answer(call: Call, { file }: Consented, wanted: Wanted, out?: string): Promise<number> {
  const { journal, notices } = noticesIn(file);
  const chosen = notices.filter((notice, i) => wanted(notice, i === notices.length - 1));
  const files = out === undefined ? [] : await written(call, chosen, out);
  const listed = chosen.map(notice => ({ ...notice, open: openSince(notice) }));
  if (call.json)
    call.document({
      schema: 'holograph.notices',
      version: 1,
      journal,
      notices: listed,
      files,
    } satisfies NoticesDocument);
  else printNotices(call, listed, files);
  return 0;
}

/** In the language of the call, then in Kazakh and Russian. */
async function written(call: Call, notices: readonly NoticeEntry[], out: string): Promise<readonly string[]> {
  const report = reportOf({ ...call, paths: [] });
  const languages = [...new Set([call.words.language, 'kk', 'ru'] as const)];
  const files: string[] = [];
  for (const notice of notices) {
    const form = noticeForm({ report, software: packageSoftware }, notice, languages);
    files.push(...(await writtenForm(call, form, report, out)));
  }
  return files;
}

function demanded(call: Call, name: string, what: string): string {
  const given = oneLine(call.option(name) ?? '');
  if (given === '') throw new Refusal('error.missing', { what });
  return given;
}

function dayOf(call: Call, name: string): string | undefined {
  const day = call.option(name);
  if (day !== undefined && !(isDay(day) && day.length === 10)) throw new Refusal('error.wholeDay', { date: day });
  return day;
}

function wordOf<T extends string>(name: 'channel' | 'outcome', word: string): T {
  const { words } = eventWords.notice[name];
  if (!words.has(word)) throw new Refusal('error.noticeWord', { word, words: [...words].join(', ') });
  return word as T;
}

function oneLine(text: string): string {
  return text.replace(/\s+/gu, ' ').trim();
}
