import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { agents } from '../agents/agents.ts';
import { reasonOf } from '../agents/reading/reason.ts';
import { withoutSecrets } from '../agents/withoutSecrets.ts';
import { isRefusal } from '../git/program.ts';
import { dataHome } from '../journal/home.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { type ImportDocument, ImportFound, printImport } from './importFound.ts';
import { gitAiOf, historyOf, tracesOf } from './importGit.ts';
import { Importing, relevanceOf } from './importInto.ts';
import { type Batch, recordsOf } from './importRecords.ts';
import { unread } from './inputFile.ts';
import { recordedAt, withCatalogue } from './journals.ts';

/** Sources beside the tools' own records: what others have said already of who wrote a text. */
const others = ['git', 'git-ai', 'agent-trace'] as const;
type Other = (typeof others)[number];
/** Milliseconds between two words about long work. */
const pace = 3000;

export const importCommand: Command = {
  name: 'import',
  usage: 'SOURCE [PATH…] [--was FOLDER]… [--dry-run]',
  about: 'help.import',
  options: {
    was: { about: 'help.importWas', value: 'FOLDER', several: true },
    'keep-secrets': { about: 'help.importKeepSecrets' },
    'dry-run': { about: 'help.importDryRun' },
  },
  async run(call) {
    const [source, ...paths] = call.paths;
    if (source === undefined) throw new Refusal('error.missing', { what: 'SOURCE' });
    const batches = batchesOf(call, source, paths);
    const dryRun = call.flag('dry-run');
    const consented = dryRun
      ? withCatalogue(call, catalogue => catalogue.find(call.folder))
      : recordedAt(call, call.folder);
    const was = call.values('was').map(folder => resolve(call.io.cwd, folder));
    const secondHand = source === 'specstory' || source === 'git-ai';
    const home = dataHome(call.io.env);
    const target = consented && (await Importing.open({ home, consented, was, dryRun, secondHand }));
    try {
      // Where nothing was named, what is found is looked through for what concerns the folder; else all of it is told.
      const relevance = paths.length > 0 ? undefined : await relevanceOf(consented?.folder ?? call.folder, was);
      const found = new ImportFound();
      await readAll(call, batches, batch => {
        const records = call.flag('keep-secrets') ? batch.records : withoutSecrets(batch.records);
        found.add(relevance ? relevance.of(batch.from, records) : records);
        target?.take({ ...batch, records });
      });
      const taken = (await target?.finish()) ?? null;
      answer(call, found.document({ source, dryRun, journal: consented?.journal ?? null, taken }));
      return found.isEmpty ? 1 : 0;
    } catch (error) {
      throw isRefusal(error) ? new Refusal('error.git', { detail: reasonOf(error) }, error) : error;
    } finally {
      target?.close();
    }
  },
};

function batchesOf(call: Call, source: string, named: readonly string[]): AsyncGenerator<Batch> {
  const paths = named.map(path => resolve(call.io.cwd, path));
  const agent = agents.find(({ name }) => name === source);
  if (agent) {
    const machine = { env: call.io.env, platform: process.platform };
    return recordsOf(agent, { paths, folder: call.folder, machine });
  }
  const other = others.find(name => name === source);
  if (other === undefined) {
    const sources = [...agents.map(({ name }) => name), ...others].join(', ');
    throw new Refusal('error.importSource', { source, sources });
  }
  return eachOf(other, paths.length > 0 ? paths : usual(other, call.folder));
}

/** Where a source is looked for if no path is named. */
function usual(source: Other, folder: string): readonly string[] {
  if (source !== 'agent-trace') return [folder];
  // Of a folder that is named all JSON is read; a work is full of JSON that is none of it.
  const own = join(folder, '.agent-trace');
  return existsSync(own) ? [own] : [];
}

async function* eachOf(source: Other, paths: readonly string[]): AsyncGenerator<Batch> {
  const read = { git: historyOf, 'git-ai': gitAiOf, 'agent-trace': tracesOf } as const;
  for (const path of paths) yield* read[source](path);
}

/** Says how far it is where it takes a while. What the system does not give of a named file cannot be done. */
async function readAll(call: Call, batches: AsyncGenerator<Batch>, take: (batch: Batch) => void): Promise<void> {
  let [due, records] = [Date.now() + pace, 0];
  try {
    for await (const batch of batches) {
      take(batch);
      records += batch.records.prompts.length + batch.records.edits.length;
      if (Date.now() < due) continue;
      call.note(call.words.t('import.progress', { records }));
      due = Date.now() + pace;
    }
  } catch (error) {
    if (error instanceof Error && 'path' in error && typeof error.path === 'string') throw unread(error.path, error);
    throw error;
  }
}

function answer(call: Call, found: ImportDocument): void {
  if (call.json) call.document(found);
  else printImport(call, found);
}
