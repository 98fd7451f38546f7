import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageSoftware } from '../evidence/software.ts';
import type { Consented } from '../journal/catalogue.ts';
import { JournalDatabase } from '../journal/database.ts';
import { occurrences } from '../journal/occurrences.ts';
import { takeInSpooled } from '../journal/opening.ts';
import { purge } from '../journal/purge.ts';
import { redact, redactionPlan } from '../journal/redaction.ts';
import type { Plan, Target } from '../journal/redactionPlan.ts';
import { spooled } from '../journal/spool.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { table } from './help.ts';
import { recordedFor, withCatalogue } from './journals.ts';
import { refusalOf, targetOptions, targetsOf } from './targets.ts';

/** What `holograph redact --json` prints. Form: `media/schema/redaction.schema.json`. */
export interface RedactionDocument {
  readonly schema: 'holograph.redaction';
  readonly version: 1;
  readonly journal: string;
  /** Nothing was taken out: this is what would be. */
  readonly dryRun: boolean;
  /** The event that tells of it: `journal:sequence`. Null: nothing was taken out. */
  readonly event: string | null;
  /** Events that words or digests were taken out of, and how many of both. */
  readonly events: number;
  readonly words: number;
  readonly digests: number;
  readonly files: readonly { readonly file: string; readonly words: number }[];
  /** The words themselves; only of a dry run. */
  readonly taken?: readonly { readonly word: string; readonly count: number }[];
  /** Nothing of it is left in the journal's files. False: another program reads them; the next start finishes. */
  readonly finished: boolean;
  /** Files beside the journal that were not searched: acts that nobody could take in, and what is not its own. */
  readonly notSearched: readonly string[];
  /** Files of other journals of this work on this machine: nothing was taken out of them. */
  readonly otherJournals: readonly string[];
  /** Names of files and folders that have the words: they stay. */
  readonly alsoNamed: readonly string[];
}

export const redactCommand: Command = {
  name: 'redact',
  usage: '(--text WORDS | --name NAME | --passage FILE:FROM-TO | --prompt ID)… [--reason TEXT] [--dry-run | --yes]',
  about: 'help.redact',
  options: {
    ...targetOptions(''),
    file: { about: 'help.targetFile', value: 'FILE' },
    from: { about: 'help.targetFrom', value: 'N' },
    to: { about: 'help.targetTo', value: 'N' },
    expect: { about: 'help.expect', value: 'TEXT' },
    reason: { about: 'help.reason', value: 'TEXT' },
    'dry-run': { about: 'help.dryRun' },
    yes: { about: 'help.yes' },
  },
  run(call) {
    const { consented } = recordedFor(call);
    const targets = wanted(call, consented.folder);
    const reason = call.option('reason') ?? '';
    if (tells(reason, targets)) throw new Refusal('error.reasonTells');
    const dryRun = call.flag('dry-run');
    const others = othersOf(call, consented);
    if (!dryRun) takeInSpooled(consented, ({ path = '', detail = '' }) => call.note(`${path} ${detail}`));
    const database = JournalDatabase.open(consented.file, { readonly: dryRun });
    try {
      if (dryRun || !call.flag('yes')) {
        const would = told(consented, others, redactionPlan(database, targets), { dryRun: true });
        answer(call, would);
        if (dryRun) return 0;
        if (would.events === 0) return 1;
        throw new Refusal('redact.sayYes');
      }
      const by = call.io.signer === undefined ? 'command' : 'person';
      const request = { targets, reason, by, software: packageSoftware } as const;
      const { plan, event } = redact(database, request);
      const finished = purge(database);
      answer(call, told(consented, others, plan, { dryRun: false, event, finished }));
      return event === undefined ? 1 : 0;
    } catch (error) {
      throw refusalOf(error);
    } finally {
      database.close();
    }
  },
};

/** Whether a reason says what is to go: it is recorded. */
function tells(reason: string, targets: readonly Target[]): boolean {
  const needles = targets.flatMap(target => {
    if (target.kind === 'text') return [{ text: target.text, word: false }];
    return target.kind === 'name' ? [{ text: target.name, word: true }] : [];
  });
  return occurrences(reason, needles).next().done !== true;
}

function wanted(call: Call, folder: string): Target[] {
  const [file, from, to] = [call.option('file'), call.option('from'), call.option('to')];
  const passage = [file, from, to].some(given => given !== undefined) ? `${file}:${from}-${to}` : undefined;
  const values = (name: string) => [
    ...call.values(name),
    ...(name === 'passage' && passage !== undefined ? [passage] : []),
  ];
  const expect = call.option('expect')?.replaceAll('\r\n', '\n');
  const targets = targetsOf({ ...call, values }, '', folder).map(
    (target): Target => (target.kind === 'passage' && expect !== undefined ? { ...target, expect } : target),
  );
  if (targets.length === 0) throw new Refusal('error.missing', { what: '--text, --name, --passage, --prompt' });
  return targets;
}

interface Done {
  readonly dryRun: boolean;
  readonly event?: number | undefined;
  readonly finished?: boolean;
}

function told(
  { journal, file }: Consented,
  otherJournals: readonly string[],
  plan: Plan,
  { dryRun, event, finished = true }: Done,
): RedactionDocument {
  const sum = (of: 'parts' | 'digests') => [...plan.events.values()].reduce((all, one) => all + one[of], 0);
  return {
    schema: 'holograph.redaction',
    version: 1,
    journal,
    dryRun,
    event: event === undefined ? null : `${journal}:${event}`,
    events: plan.events.size,
    words: sum('parts'),
    digests: sum('digests'),
    files: [...plan.files].map(([path, words]) => ({ file: path, words })),
    ...(dryRun && { taken: [...plan.words].map(([word, count]) => ({ word, count })) }),
    finished,
    notSearched: [...spooled(file).map(({ path }) => path), ...strangersBeside(file)],
    otherJournals,
    alsoNamed: [...plan.named],
  };
}

/** Files that lie beside a journal and are none of its own, such as what was recovered of a damaged one. */
function strangersBeside(file: string): string[] {
  const own = /^(journal|recall)\.sqlite(-wal|-shm)?$|^spool$/;
  const folder = dirname(file);
  return readdirSync(folder)
    .filter(name => !own.test(name))
    .map(name => join(folder, name));
}

/** Journals of the same work that are their own: of another folder, or set aside as damaged, and never changed. */
function othersOf(call: Call, { journal, work }: Consented): string[] {
  const all = withCatalogue(call, catalogue => catalogue.all()) ?? [];
  return all.filter(one => one.work === work && one.journal !== journal).map(({ file }) => file);
}

function answer({ json, words, print, note, document }: Call, found: RedactionDocument): void {
  if (json) {
    document(found);
    return;
  }
  const { dryRun, events, files, taken = [], finished, notSearched } = found;
  if (events === 0) print(words.t('redact.nothing'));
  else {
    print(words.t(dryRun ? 'redact.would' : 'redact.done', { words: found.words, digests: found.digests, events }));
    const shown = taken.slice(0, 40).map(({ word, count }): [string, string] => [plain(word), words.n(count)]);
    if (shown.length > 0) print(table(shown));
    for (const { file, words: count } of files) print(words.t('redact.file', { file: file || '—', count }));
    if (!dryRun) print(words.t('redact.elsewhere'));
  }
  if (found.alsoNamed.length > 0) note(words.t('redact.alsoNamed', { names: found.alsoNamed.slice(0, 8).join(', ') }));
  if (!finished) note(words.t('redact.unfinished'));
  for (const path of notSearched) note(words.t('redact.notSearched', { path }));
  for (const path of found.otherJournals) note(words.t('redact.otherJournal', { path }));
}

/** Texts are foreign: nothing in them may move the cursor or turn the direction of a line. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '·');
}
