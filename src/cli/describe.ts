import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { exhibitEntries } from '../evidence/exhibits.ts';
import type { Report } from '../evidence/report.ts';
import { emptyFields } from '../evidence/work/needs.ts';
import type { WorkProblem } from '../evidence/work/reading.ts';
import { fieldName, problemName } from '../evidence/work/words.ts';
import { type Profile, profiles, readWork, type WorkDescription } from '../evidence/work.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { reading, recordedFor, textOf } from './journals.ts';
import { reportOf } from './report.ts';

/** What `holograph work --json` prints. Form: `media/schema/work.schema.json`. */
export interface WorkDocument {
  readonly schema: 'holograph.work';
  readonly version: 1;
  /** What `holograph.json` says, and what is wrong with it. */
  readonly described: WorkDescription;
  readonly problems: readonly WorkProblem[];
  readonly profile: Profile;
  /** Fields that this profile's readers look for and that are empty. */
  readonly empty: readonly string[];
  /** What the record shows. It stands beside what the author says and fills in nothing. */
  readonly recorded: {
    readonly period: Report['period'];
    /** Files that are recorded and present, by path. */
    readonly files: readonly string[];
    readonly tools: readonly RecordedTool[];
    readonly exhibits: readonly { readonly name: string; readonly file: string; readonly shows: string }[];
  };
}

/** An AI tool that the record tells of. */
export interface RecordedTool {
  /** As it stands in the journal. */
  readonly agent: string;
  readonly models: readonly string[];
  /** When prompts were given to it; null: none are recorded. */
  readonly first: string | null;
  readonly last: string | null;
}

export const workCommand: Command = {
  name: 'work',
  usage: '[--profile PROFILE]',
  about: 'help.work',
  most: 0,
  options: { profile: { about: 'help.profile', value: 'PROFILE' } },
  run(call) {
    const document = documentOf(call);
    if (call.json) call.document(document);
    else print(call, document);
    return document.empty.length + document.problems.length === 0 ? 0 : 1;
  },
};

function documentOf(call: Call): WorkDocument {
  const { consented } = recordedFor(call);
  const file = join(consented.folder, 'holograph.json');
  const { work: described, problems } = readWork(existsSync(file) ? textOf(file) : undefined);
  const asked = call.option('profile') ?? described.profile ?? 'generic';
  const profile = profiles.find(one => one === asked);
  if (profile === undefined) throw new Refusal('error.profile', { profile: asked, profiles: profiles.join(', ') });
  // What is wrong with the file stands in the answer.
  const report = reportOf({ ...call, note: () => undefined }, true);
  const exhibits = reading(consented.file, reader => exhibitEntries(reader.id, reader.events()));
  return {
    schema: 'holograph.work',
    version: 1,
    described,
    problems,
    profile,
    empty: emptyFields(described, profile),
    recorded: {
      period: report.period,
      files: report.files.map(({ path }) => path).sort(),
      tools: toolsIn(report),
      exhibits: exhibits.flatMap(({ name, file, shows, removed }) => (removed === null ? [{ name, file, shows }] : [])),
    },
  };
}

function toolsIn({ prompts, edits }: Report): RecordedTool[] {
  const agents = new Set([...prompts, ...edits].map(({ agent }) => agent));
  return [...agents].sort().map(agent => {
    const own = prompts.filter(one => one.agent === agent);
    const models = new Set(own.flatMap(({ model }) => model ?? []));
    return { agent, models: [...models].sort(), first: own.at(0)?.asked ?? null, last: own.at(-1)?.asked ?? null };
  });
}

function print({ words, print }: Call, { empty, problems, recorded }: WorkDocument): void {
  const { language } = words;
  for (const { field, what } of problems)
    print(words.t('export.problem', { field: fieldName(field, language), what: problemName(what, language) }));
  if (empty.length === 0) print(words.t('work.full'));
  else print(words.t('work.empty'));
  for (const field of empty) print(`  ${fieldName(field, language)}`);
  const tools = recorded.tools.map(({ agent, models }) => [agent, ...models].join(' '));
  if (tools.length > 0) print(words.t('work.tools', { tools: tools.join(', ') }));
}
