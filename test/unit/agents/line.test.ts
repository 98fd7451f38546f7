import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentRecords } from '../../../src/agents/agent.ts';
import { claudeCode } from '../../../src/agents/claudeCode.ts';
import { Matcher } from '../../../src/agents/match.ts';
import { plainDigest } from '../../../src/agents/plainText.ts';
import { AgentWatch } from '../../../src/agents/watch.ts';
import { AgentEvidence } from '../../../src/capture/agentEvidence.ts';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { journalFile } from '../../../src/journal/home.ts';
import { openJournal } from '../../../src/journal/reader.ts';
import { JournalWriter } from '../../../src/journal/writer.ts';
import type { Origin } from '../../../src/provenance/origin.ts';
import { cleanFolders, folder, Transcript } from './transcript.ts';

const initial: Origin = { kind: 'initial', basis: 'asserted', rule: 'baseline' };
const disk: Origin = { kind: 'external.disk', basis: 'inferred', rule: 'disk.watcher' };

/** From an agent's transcript and its write behind the editor to spans in the journal. */
describe('an agent writes behind the editor', () => {
  const first = 'The wind came over the steppe.\nNobody heard it.\n';
  const second = 'The wind came over the empty steppe.\nNobody heard it.\n';
  const third = 'The wind came over the empty steppe.\nNobody had heard it.\n';
  let line: Line;

  beforeEach(async () => {
    line = await Line.open(first);
  });
  afterEach(() => line.close());
  after(cleanFolders);

  it('its words are its own with the prompt, and the words it left keep their origin', async () => {
    line.talk.prompt('Make it lonelier').edit('e1', line.file, first, 'the steppe', 'the empty steppe');
    await line.write(second);
    await line.read();
    assert.deepEqual(await line.spans(), [
      'initial "The wind came over the "',
      'ai.agent proven Make it lonelier "empty "',
      'initial "steppe.\\nNobody heard it.\\n"',
    ]);
  });

  it('its record may come late, and after more than one edit', async () => {
    await line.write(third);
    assert.match((await line.spans()).join(), /external\.disk inferred "empty "/);
    line.talk.prompt('Make it lonelier').edit('e1', line.file, first, 'the steppe', 'the empty steppe');
    line.talk.prompt('Set it earlier').edit('e2', line.file, second, 'heard', 'had heard');
    await line.read();
    assert.deepEqual(
      (await line.spans()).filter(span => span.startsWith('ai')),
      ['ai.agent proven Make it lonelier "empty "', 'ai.agent proven Set it earlier "had "'],
    );
  });

  it('with `\\r\\n` line ends and a byte order mark in the file', async () => {
    const crlf = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    await line.close();
    line = await Line.open(crlf(first));
    line.talk.prompt('Make it lonelier').edit('e1', line.file, first, 'the steppe', 'the empty steppe');
    await line.write(crlf(second));
    await line.read();
    assert.match((await line.spans()).join(), /ai\.agent proven Make it lonelier "empty "/);
  });

  it('what no record explains stays as it was found', async () => {
    line.talk.prompt('Look at it').says('I have looked.');
    await line.write(second);
    await line.read();
    assert.match((await line.spans()).join(), /external\.disk inferred "empty "/);
  });

  it("another program's write between the agent's is not the agent's", async () => {
    line.talk.prompt('Make it lonelier').edit('e1', line.file, first, 'the steppe', 'the empty steppe');
    await line.write(second);
    await line.write(third);
    await line.read();
    assert.deepEqual(
      (await line.spans()).filter(span => !span.startsWith('initial')),
      ['ai.agent proven Make it lonelier "empty "', 'external.disk inferred "had "'],
    );
  });

  it('a file that was not there before is the agent’s, though it was never a change', async () => {
    await line.close();
    line = await Line.open(undefined);
    const content = { file_path: line.file, content: first };
    line.talk.prompt('Begin').call('e1', 'Write', content, { type: 'create', originalFile: null });
    await line.write(first);
    await line.read();
    assert.deepEqual(await line.spans(), [`ai.agent proven Begin ${JSON.stringify(first)}`]);
  });

  it('what it wrote into a file that is not recorded stays out of the record', async () => {
    line.talk.prompt('Set the token').edit('e1', join(line.file, '..', '.env'), 'TOKEN=a', 'a', 'b');
    line.talk.edit('e2', line.file, first, 'the steppe', 'the empty steppe');
    await line.read();
    assert.deepEqual(await line.edits(), ['a.md']);
  });

  it('answers are kept with their prompts and decisions with their edits; others are nobody’s affair here', async () => {
    const own = { agent: 'a', conversation: 'c', time: 5 };
    const prompt = { ...own, id: 'a:c:p', text: 'Begin' };
    const answer = { ...own, id: 'a:c:q', text: 'So I do.', prompt: 'a:c:p', model: 'x/y' };
    const edit = { ...own, id: 'a:c:e', file: line.file, prompt: 'a:c:p', before: first, after: second };
    const records: AgentRecords = {
      prompts: [prompt],
      answers: [answer, { ...answer, id: 'a:c:r', prompt: 'a:c:none' }],
      edits: [edit],
      decisions: [
        { edit: 'a:c:e', agent: 'a', time: 6, outcome: 'rejected' },
        { edit: 'a:c:e', agent: 'a', time: 7, outcome: 'undone' },
        { edit: 'a:c:none', agent: 'a', time: 6, outcome: 'accepted' },
      ],
      problems: [],
    };
    await line.take(records);
    await line.take(records);
    assert.deepEqual(await line.records(), [
      'prompt a:c:p Begin',
      'answer a:c:q to a:c:p So I do.',
      'agentEdit a:c:e',
      'decision a:c:e rejected',
      'decision a:c:e undone',
    ]);
  });
});

class Line {
  readonly file: string;
  readonly talk: Transcript;
  readonly #home: string;
  readonly #writer: JournalWriter;
  readonly #evidence: AgentEvidence;
  readonly #watch: AgentWatch;

  private constructor(home: string, file: string, talk: Transcript, writer: JournalWriter) {
    this.#home = home;
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
    const machine = { env: { CLAUDE_CONFIG_DIR: join(home, 'claude') }, platform: process.platform };
    const onRecords = (records: Parameters<AgentEvidence['take']>[0]) => this.#evidence.take(records);
    this.#watch = new AgentWatch({
      agents: [claudeCode],
      folders: [work],
      machine,
      since: 0,
      every: 60_000,
      onRecords,
    });
  }

  static async open(text: string | undefined): Promise<Line> {
    const home = folder();
    const work = join(home, 'book');
    mkdirSync(work);
    const file = join(work, 'a.md');
    if (text !== undefined) writeFileSync(file, text);
    const place = claudeCode.places(work, {
      env: { CLAUDE_CONFIG_DIR: join(home, 'claude') },
      platform: process.platform,
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
      channels: [],
      unreachable: [],
    });
    await writer.baseline(['a.md'], initial, 'baseline');
    return new Line(home, file, talk, writer);
  }

  async write(text: string): Promise<void> {
    writeFileSync(this.file, text);
    const seen = await this.#writer.outside('a.md', { by: 'watcher' }, disk);
    if (seen?.changed) await this.#evidence.seen('a.md', seen.changed, Date.now());
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

  async #events(shown: (event: JournalEvent) => string[]): Promise<string[]> {
    await this.#writer.flush();
    const reader = openJournal(journalFile(join(this.#home, 'holograph'), this.#writer.journal));
    try {
      return [...reader.events()].flatMap(shown);
    } finally {
      reader.close();
    }
  }

  /** Each run: kind, basis where it is not `initial`, the prompt's text, the characters. */
  async spans(): Promise<string[]> {
    await this.#writer.flush();
    const reader = openJournal(journalFile(join(this.#home, 'holograph'), this.#writer.journal));
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
