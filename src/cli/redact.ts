import { packageSoftware } from '../evidence/software.ts';
import type { Consented } from '../journal/catalogue.ts';
import { JournalDatabase } from '../journal/database.ts';
import { takeInSpooled } from '../journal/opening.ts';
import { purge } from '../journal/purge.ts';
import { redact, redactionPlan } from '../journal/redaction.ts';
import type { Plan, Target } from '../journal/redactionPlan.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { table } from './help.ts';
import { reading, recordedFor } from './journals.ts';
import { besideJournal, hooksLeft, keptExhibits, otherFiles, stillIn } from './leftElsewhere.ts';
import { reasonTells } from './reasonTells.ts';
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
  /** Files beside the journal that were not searched: acts that nobody could take in, what is not its own, exhibits. */
  readonly notSearched: readonly string[];
  /** Other journals of this work on this machine, and files beside them: nothing was taken out of them. */
  readonly otherJournals: readonly string[];
  /** Names of files and folders that have the words: they stay. */
  readonly alsoNamed: readonly string[];
  /** Recorded files that have the words now: they are the author's, and what is done in them is recorded again. */
  readonly stillIn: readonly string[];
}

export const redactCommand: Command = {
  name: 'redact',
  usage: '(--text WORDS | --name NAME | --passage FILE:FROM-TO | --prompt ID)… [--reason TEXT] [--dry-run | --yes]',
  about: 'help.redact',
  most: 0,
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
    const tells = reason !== '' && reading(consented.file, reader => reasonTells(reason, targets, reader));
    if (tells) throw new Refusal('error.reasonTells');
    const dryRun = call.flag('dry-run');
    const others = otherFiles(call, consented);
    if (!dryRun) takeInSpooled(consented, ({ path = '', detail = '' }) => call.note(`${path} ${detail}`));
    const database = JournalDatabase.open(consented.file, { readonly: dryRun });
    try {
      if (dryRun || !call.flag('yes')) {
        const would = told(consented, others, targets, redactionPlan(database, targets), { dryRun: true });
        answer(call, would);
        if (dryRun) return 0;
        if (would.events === 0) return 1;
        throw new Refusal('redact.sayYes');
      }
      const by = call.io.signer === undefined ? 'command' : 'person';
      const request = { targets, reason, by, software: packageSoftware } as const;
      const { plan, event } = redact(database, request);
      const finished = purge(database);
      answer(call, told(consented, others, targets, plan, { dryRun: false, event, finished }));
      return event === undefined ? 1 : 0;
    } catch (error) {
      throw refusalOf(error);
    } finally {
      database.close();
    }
  },
};

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
  consented: Consented,
  otherJournals: readonly string[],
  targets: readonly Target[],
  plan: Plan,
  { dryRun, event, finished = true }: Done,
): RedactionDocument {
  const { journal, file } = consented;
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
    notSearched: [...besideJournal(file), ...hooksLeft(consented), ...keptExhibits(file)],
    otherJournals,
    alsoNamed: [...plan.named],
    stillIn: plan.events.size === 0 ? [] : stillIn(consented, targets, plan),
  };
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
  const still = found.stillIn.slice(0, 8).map(plain).join(', ');
  if (still !== '') note(words.t('redact.stillIn', { files: found.stillIn.length > 8 ? `${still}, …` : still }));
  if (!finished) note(words.t('redact.unfinished'));
  for (const path of notSearched) note(words.t('redact.notSearched', { path }));
  for (const path of found.otherJournals) note(words.t('redact.otherJournal', { path }));
}

/** Texts are foreign: nothing in them may move the cursor or turn the direction of a line. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '·');
}
