import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { appendEvents } from '../../src/journal/append.ts';
import { backUp } from '../../src/journal/backup.ts';
import { Catalogue } from '../../src/journal/catalogue.ts';
import type { EventBody } from '../../src/journal/event.ts';
import { signerOf } from '../../src/journal/keys.ts';
import { firstOrdinal } from '../../src/journal/messages.ts';
import { openSession } from '../../src/journal/opening.ts';
import { JournalError, passes } from '../../src/journal/problem.ts';
import { restore } from '../../src/journal/restore.ts';
import { spool } from '../../src/journal/spool.ts';
import { stampNow } from '../../src/journal/stamp.ts';
import type { WorkerStart } from '../../src/journal/workerStart.ts';
import { JournalWriter } from '../../src/journal/writer.ts';
import { privateKeyOf } from '../support/testKey.ts';

/**
 * A process that is to be killed: `child.cjs ROLE HOME FOLDER PLACE`. It works until then, and prints a line for each
 * act that it was told to be kept, after it was told so. `began`: its start went well. `failed`: it did not.
 */
export type Role = 'window' | 'command' | 'hook' | 'restorer';

const [role = '', home = '', folder = '', place = ''] = process.argv.slice(2);
const start: WorkerStart = {
  home,
  folder,
  software: 'test',
  editor: role,
  platform: 'here',
  channels: [],
  unreachable: [],
};
const say = (...words: readonly (string | number)[]) => process.stdout.write(`${words.join(' ')}\n`);
const pause = (ms: number) => new Promise(resolve => setTimeout(resolve, ms));
const lf = { encoding: 'utf-8', bom: false, eol: '\n' } as const;
const typed = { kind: 'typed', basis: 'asserted', rule: 'keyboard' } as const;

const roles: Readonly<Record<Role, () => Promise<void>>> = {
  /** Types into a text of its own, as an editor's window does: through a worker thread, a checkpoint now and then. */
  async window() {
    const worker = join(import.meta.dirname, 'worker.cjs');
    const writer = await JournalWriter.open({
      ...start,
      worker,
      signer: signerOf('test', privateKeyOf('07'.repeat(32))),
    });
    say('began');
    writer.onProblem(({ code }) => say('problem', code));
    writer.onCommitted((_, sequence, count) => say('events', writer.session, sequence, count));
    const request = { tracker: 1, path: `${randomUUID()}.md`, text: '', format: lf, origin: typed } as const;
    const { document } = await writer.openDocument({ ...request, observation: { by: 'open' } });
    for (let version = 1; ; version++) {
      const body: EventBody = {
        kind: 'changed',
        document,
        tracker: 1,
        version,
        changes: [{ from: version - 1, to: version - 1 }],
        first: writer.serials(1),
        placement: 'insert',
        findings: [{ length: 1, ...typed }],
        observation: { by: 'editor', selection: 'keyboard' },
      };
      writer.append(body, ['x']);
      if (version % 200 === 0) await pause(5);
      if (version % 400 === 0)
        void writer.checkpoint().then(
          () => say('checkpoint'),
          () => undefined,
        );
    }
  },

  /** Appends one act at a time in sessions of its own, as the command line does, and makes backups. */
  async command() {
    const file = withCatalogue(catalogue => catalogue.find(folder)?.file);
    if (file === undefined) throw new Error('no journal');
    say('began');
    for (let n = 1; ; n++) {
      const id = randomUUID();
      appendEvents(file, 'test', [prompt(id)]);
      say('act', id);
      await pause(5);
      if (n % 2 === 0) say('backup', (await backUp(file, `${place}.backup`)) === 'otherFile' ? 'refused' : 'made');
    }
  },

  /** Brings the backup back into a data folder of its own, over and over. */
  async restorer() {
    say('began');
    for (;;) {
      const catalogue = Catalogue.open(`${home}.restored`);
      const { kind } = await restore(catalogue, { file: `${place}.backup`, by: 'command', software: 'test' });
      catalogue.close();
      say('restored', kind);
      rmSync(`${home}.restored`, { recursive: true });
    }
  },

  /** Hands its acts to the spool, as who cannot reach the journal does. */
  async hook() {
    const { journal, writer } = openSession(start, ({ code }) => say('problem', code));
    const file = journal.database.file;
    const { session, serial } = writer;
    journal.close();
    say('began');
    for (let ordinal = firstOrdinal; ; ordinal++) {
      const id = randomUUID();
      spool(file, {
        session,
        serial,
        messages: [{ kind: 'append', ordinal, events: [{ ...stampNow(), ...prompt(id) }] }],
      });
      say('act', id);
      await pause(20);
    }
  },
};

function prompt(id: string) {
  const body = { kind: 'prompt', id, agent: 'test', conversation: role, asked: Date.now(), by: 'person' } as const;
  return { body, texts: [`words of ${id}`] };
}

function withCatalogue<T>(use: (catalogue: Catalogue) => T): T {
  const catalogue = Catalogue.open(home);
  try {
    return use(catalogue);
  } finally {
    catalogue.close();
  }
}

/** As the product does, it tries again what passes by itself. */
async function work(): Promise<void> {
  try {
    await roles[role as Role]();
  } catch (error) {
    if (error instanceof JournalError && passes(error.problem.code)) {
      say('again', error.problem.code);
      return work();
    }
    say('failed', String(error instanceof Error ? error.stack : error).replaceAll('\n', ' | '));
    process.exit(1);
  }
}

void work();
