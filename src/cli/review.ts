import { existsSync, statSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Report } from '../evidence/report.ts';
import type { HousePolicy } from '../evidence/work/policy.ts';
import { isShare } from '../evidence/work/policy.ts';
import { fieldName, problemName } from '../evidence/work/words.ts';
import { readWork } from '../evidence/work.ts';
import type { Consented } from '../journal/catalogue.ts';
import { type Looked, type Review, reviewOf } from '../rights/review.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { withFingerprint } from './fingerprint.ts';
import { bytesOf, recordedFor, textOf } from './journals.ts';
import { reportOf } from './report.ts';
import { reviewAsAnnotations } from './reviewAnnotations.ts';
import { changeHook } from './reviewHook.ts';
import { lookedIn } from './reviewLooked.ts';
import { isArchive, lookedPackaged, openPackage, refuse } from './reviewPackage.ts';
import { rightsIn } from './reviewRights.ts';
import { type Beside, besideStaged, lookedStaged } from './reviewStaged.ts';
import { plain, reviewText } from './reviewText.ts';

/** What `holograph review --json` prints. Form: `media/schema/review.schema.json`. */
export interface ReviewDocument extends Review {
  readonly schema: 'holograph.review';
  readonly version: 1;
  /** What was looked at: the record's texts, those that the next commit changes, or a package's. */
  readonly of: 'record' | 'index' | 'package';
  /** Of a package that was verified; null: none. */
  readonly package: { readonly exportId: string; readonly key: string; readonly keyKnown: boolean } | null;
}

const formats = ['text', 'github', 'sarif'] as const;

export const reviewCommand: Command = {
  name: 'review',
  usage: '[PATH… | PACKAGE [--key FINGERPRINT]] [--staged] [--format text|github|sarif] | --hook install|remove',
  about: 'help.review',
  options: {
    staged: { about: 'help.reviewStaged' },
    format: { about: 'help.reviewFormat', value: formats.join('|') },
    policy: { about: 'help.reviewPolicy', value: 'FILE' },
    'max-machine': { about: 'help.reviewMaxMachine', value: 'R' },
    'max-unknown': { about: 'help.reviewMaxUnknown', value: 'R' },
    key: { about: 'help.key', value: 'FINGERPRINT' },
    with: { about: 'help.with', value: 'JOURNAL' },
    hook: { about: 'help.reviewHook', value: 'install|remove' },
  },
  async run(call) {
    const hook = call.option('hook');
    if (hook !== undefined) return changeHook(call, hook);
    const format = formats.find(one => one === (call.option('format') ?? 'text'));
    if (format === undefined) throw new Refusal('error.arguments', { detail: '--format' });
    const archive = archiveOf(call);
    const looked = archive === undefined ? await recorded(call) : await packaged(call, archive);
    if (typeof looked === 'number') return looked;
    const { of, folder, beside, policy, package: opened = null } = looked;
    const document: ReviewDocument = {
      schema: 'holograph.review',
      version: 1,
      of,
      package: opened,
      ...reviewOf(looked.looked, policy),
    };
    if (call.json) call.document(document);
    else if (format === 'text') for (const line of reviewText(document, call.words)) call.print(line);
    else for (const line of reviewAsAnnotations(document, format, call.words, place(call, folder))) call.print(line);
    if (opened !== null && !opened.keyKnown) call.note(call.words.t('review.keyNotKnown'));
    for (const { path, recorded } of beside.slice(0, 8))
      call.note(call.words.t(recorded ? 'review.besideRecorded' : 'review.beside', { file: plain(path) }));
    return document.kept ? 0 : 1;
  },
};

interface Gathered {
  readonly looked: Looked;
  readonly of: ReviewDocument['of'];
  /** Absolute. */
  readonly folder: string;
  /** Files of the commit that were not looked at. */
  readonly beside: readonly Beside[];
  readonly policy: HousePolicy | undefined;
  readonly package?: ReviewDocument['package'];
}

async function recorded(call: Call): Promise<Gathered> {
  const { consented, paths } = recordedFor(call);
  const { folder } = consented;
  const policy = policyOf(call, folder);
  const report = reportOf(call);
  if (call.flag('staged')) {
    const looked = await stagedSoon(call, consented, report);
    const rights = rightsIn(call, consented, looked, policy);
    const beside = await besideStaged(consented, call, report);
    return { looked: { ...looked, ...rights }, of: 'index', folder, beside, policy };
  }
  const looked = lookedIn(report, folder, paths);
  return {
    looked: { ...looked, ...rightsIn(call, consented, looked, policy) },
    of: 'record',
    folder,
    beside: [],
    policy,
  };
}

/** Milliseconds between two looks at the index, and looks at most. */
const patience = 400;
const looks = 5;

/** Who saves and commits at once is quicker than the record, which has a save within a third of a second. */
async function stagedSoon(call: Call, consented: Consented, report: Report): Promise<Looked> {
  let looked = await lookedStaged(call, consented, report);
  for (let i = 1; i < looks && looked.files.some(({ stands }) => !stands); i++) {
    await setTimeout(patience);
    looked = await lookedStaged(call, consented, reportOf({ ...call, note: () => undefined }));
  }
  return looked;
}

async function packaged(call: Call, archive: Uint8Array): Promise<Gathered | number> {
  const { key } = withFingerprint(call);
  if (call.flag('staged')) throw new Refusal('error.arguments', { detail: '--staged' });
  const opened = await openPackage(archive, key);
  if (!('report' in opened)) return refuse(call, opened);
  const { subject, keyKnown } = opened.verification;
  const folder = call.option('folder') === undefined ? undefined : call.folder;
  return {
    looked: lookedPackaged(opened.report, folder),
    of: 'package',
    folder: call.folder,
    beside: [],
    policy: policyOf(call, call.folder),
    package: { exportId: subject.exportId ?? '', key: subject.key ?? '', keyKnown },
  };
}

/** The one path that is a package and no text of a work. */
function archiveOf(call: Call): Uint8Array | undefined {
  const [given, ...more] = withFingerprint(call).paths;
  if (given === undefined || more.length > 0) return undefined;
  const file = resolve(call.io.cwd, given);
  if (!existsSync(file) || !statSync(file).isFile()) return undefined;
  const bytes = bytesOf(file);
  return isArchive(bytes) ? bytes : undefined;
}

/** What the house set, in the folder's description or in a file of its form. Throws Refusal where it cannot be read rightly. */
function policyOf(call: Call, folder: string): HousePolicy | undefined {
  const named = call.option('policy');
  const file = named === undefined ? join(folder, 'holograph.json') : resolve(call.io.cwd, named);
  const { policy, problems } = readWork(named !== undefined || existsSync(file) ? textOf(file) : undefined);
  // A threshold that is not understood would be none, and nobody would know.
  const wrong = problems.find(({ field }) => field === '' || /^\/review(\/|$)/.test(field));
  if (wrong !== undefined) {
    const { language } = call.words;
    const what = problemName(wrong.what, language);
    throw new Refusal('review.policyWrong', { file, field: fieldName(wrong.field, language), what });
  }
  const [machine, unknown] = [shareOf(call, 'max-machine'), shareOf(call, 'max-unknown')];
  if (policy === undefined && machine === undefined && unknown === undefined) return undefined;
  return {
    ...policy,
    ...(machine !== undefined && { machineAtMost: machine }),
    ...(unknown !== undefined && { unknownAtMost: unknown }),
  };
}

function shareOf(call: Call, option: string): number | undefined {
  const given = call.option(option);
  if (given === undefined) return undefined;
  const share = given.trim() === '' ? Number.NaN : Number(given);
  if (!isShare(share)) throw new Refusal('review.share', { option: `--${option}` });
  return share;
}

/** Where a file of the folder stands, seen from where the command runs: what others look for it by. */
function place(call: Call, folder: string): (path: string) => string {
  return path => relative(call.io.cwd, join(folder, path)).split(sep).join('/');
}
