import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { AgentRecords } from '../../../src/agents/agent.ts';
import { agents } from '../../../src/agents/agents.ts';
import { AgentWatch } from '../../../src/agents/following/watch.ts';
import { Matcher } from '../../../src/agents/matching/match.ts';
import { plainDigest } from '../../../src/agents/plainText.ts';
import { claudeCode } from '../../../src/agents/tools/claudeCode.ts';
import { AgentEvidence } from '../../../src/capture/agentEvidence.ts';
import { receive } from '../../../src/cli/hook.ts';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { journalFile } from '../../../src/journal/home.ts';
import { openJournal } from '../../../src/journal/reader.ts';
import { JournalWriter } from '../../../src/journal/writer.ts';
import type { Origin } from '../../../src/provenance/origin.ts';
import { folder, Transcript } from './transcript.ts';

const initial: Origin = { kind: 'initial', basis: 'asserted', rule: 'baseline' };
const disk: Origin = { kind: 'external.disk', basis: 'inferred', rule: 'disk.watcher' };

/** One recorded file `book/a.md` from an agent's record, and its write behind the editor, to spans in the journal. */
export class Line {
  readonly file: string;
  readonly talk: Transcript;
  /** Home folder of the person on this machine, in which tools keep their records. */
  readonly home: string;
  readonly #writer: JournalWriter;
  readonly #evidence: AgentEvidence;
  readonly #watch: AgentWatch;

  private constructor(home: string, file: string, talk: Transcript, writer: JournalWriter, named: readonly string[]) {
    this.home = home;
    this.file = file;
    this.talk = talk;
    this.#writer = writer;
    const work = join(file, '..');
    this.#evidence = new AgentEvidence({
      writer,
      matcher: new Matcher(work),
      within: async path => (path === file ? 'a.md' : undefined),
      resolve: () => undefined,
      digest: plainDigest,
      failed: error => assert.fail(String(error)),
    });
    const env = { HOME: home, XDG_DATA_HOME: join(home, 'share'), CLAUDE_CONFIG_DIR: join(home, 'claude') };
    const machine = { env, platform: 'linux' } as const;
    const onRecords = (records: Parameters<AgentEvidence['take']>[0]) => this.#evidence.take(records);
    this.#watch = new AgentWatch({
      agents: agents.filter(({ name }) => named.includes(name)),
      folders: [work],
      machine,
      since: 0,
      hooks: join(home, 'holograph'),
      every: 60_000,
      onRecords,
    });
  }

  static async open(
    text: string | undefined,
    named: readonly string[] = ['claude-code'],
    channels: readonly string[] = [],
  ): Promise<Line> {
    const home = folder();
    const work = join(home, 'book');
    mkdirSync(work);
    const file = join(work, 'a.md');
    if (text !== undefined) writeFileSync(file, text);
    const place = claudeCode.places(work, {
      env: { CLAUDE_CONFIG_DIR: join(home, 'claude') },
      platform: 'linux',
    })[0]!;
    const talk = new Transcript(join(place, 'talk.jsonl'), { cwd: work, time: Date.now() });
    const writer = await JournalWriter.open({
      worker: new URL('../../../src/journal/worker.ts', import.meta.url),
      home: join(home, 'holograph'),
      folder: work,
      consent: 'person',
      software: 'test',
      editor: 'test',
      platform: 'test',
      channels,
      unreachable: [],
    });
    await writer.baseline(['a.md'], initial, 'baseline');
    return new Line(home, file, talk, writer, named);
  }

  async write(text: string): Promise<void> {
    writeFileSync(this.file, text);
    const seen = await this.#writer.outside('a.md', { by: 'watcher' }, disk);
    if (seen?.changed) await this.#evidence.seen('a.md', seen.changed, { time: Date.now() });
  }

  /** A tool's hook is called. */
  async hook(agent: string, payload: object): Promise<void> {
    const stdin = Readable.from([Buffer.from(JSON.stringify(payload))]);
    const env = { HOLOGRAPH_HOME: join(this.home, 'holograph') };
    await receive(agent, { stdin, stdout: { write: () => true }, env, cwd: join(this.file, '..') });
  }

  /** What the session says besides. */
  async append(...said: Parameters<JournalWriter['append']>): Promise<void> {
    this.#writer.append(...said);
    await this.#writer.flush();
  }

  /** What no watch has read. */
  take(records: AgentRecords): Promise<void> {
    return this.#evidence.take(records);
  }

  async read(): Promise<void> {
    await this.#watch.read();
  }

  /** Files of the edits on record. */
  edits(): Promise<string[]> {
    return this.#events(event => (event.kind === 'agentEdit' ? [event.path] : []));
  }

  /** What of agents' records is on record. */
  records(): Promise<string[]> {
    return this.#events(event => {
      if (event.kind === 'prompt') return [`prompt ${event.id} ${event.texts?.[0]}`];
      if (event.kind === 'answer') return [`answer ${event.id} to ${event.prompt} ${event.texts?.[0]}`];
      if (event.kind === 'agentEdit') return [`agentEdit ${event.id}`];
      return event.kind === 'decision' ? [`decision ${event.edit} ${event.outcome}`] : [];
    });
  }

  /** What of agents' records is marked as taken in afterwards. */
  marks(): Promise<string[]> {
    return this.#events(event => {
      if (event.kind === 'prompt') return event.by === 'import' ? ['prompt import'] : [];
      if (event.kind !== 'answer' && event.kind !== 'agentEdit') return [];
      return event.reconstructed ? [`${event.kind} reconstructed`] : [];
    });
  }

  async #events(shown: (event: JournalEvent) => string[]): Promise<string[]> {
    await this.#writer.flush();
    const reader = openJournal(journalFile(join(this.home, 'holograph'), this.#writer.journal));
    try {
      return [...reader.events()].flatMap(shown);
    } finally {
      reader.close();
    }
  }

  /** Each run: kind, basis where it is not `initial`, the prompt's text, the characters. */
  async spans(): Promise<string[]> {
    await this.#writer.flush();
    const reader = openJournal(journalFile(join(this.home, 'holograph'), this.#writer.journal));
    try {
      const state = reader.replay();
      const { provenance, text } = state.at('a.md')!;
      let at = 0;
      return [...state.origins.walk(provenance.spans())].map(({ length, origin }) => {
        const { kind, basis, prompt } = origin;
        const asked = prompt === undefined ? undefined : state.prompts.get(prompt)?.texts?.[0];
        const shown = JSON.stringify(text.slice(at, at + length));
        at += length;
        return [kind, kind === 'initial' ? undefined : basis, asked, shown].filter(Boolean).join(' ');
      });
    } finally {
      reader.close();
    }
  }

  async close(): Promise<void> {
    this.#watch.dispose();
    await this.#writer.close();
  }
}
