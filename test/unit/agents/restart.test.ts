import assert from 'node:assert/strict';
import { join } from 'node:path';
import { type AgentEdit, noRecords } from '../../../src/agents/agent.ts';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { OutsideEvidence } from '../../../src/outsideEvidence.ts';
import type { Origin } from '../../../src/provenance/origin.ts';
import { Origins } from '../../../src/provenance/origins.ts';
import { initial, Workroom } from '../../support/workroom.ts';

const start = 'The first line was there.\n';
const line = 'Riders came from elsewhere, two of them.\n';
const unseen: Origin = { kind: 'unknown', basis: 'none', rule: 'disk.start' };

/** Edits that only a hook told of, and that explained nothing before their session ended. */
describe('what a hook told before a restart', () => {
  let room: Workroom;
  let writer: JournalWriter;
  let evidence: OutsideEvidence;

  beforeEach(async () => {
    room = new Workroom();
    room.consent();
    room.write('a.md', start);
    await begin();
    await writer.baseline(['a.md'], initial, 'baseline');
  });
  afterEach(() => room.clear());

  async function begin(): Promise<void> {
    writer = await room.writer();
    evidence = new OutsideEvidence({
      writer,
      within: async file => file.slice(room.folder.length + 1),
      origins: new Origins(),
      resolve: () => undefined,
      note: assert.fail,
      failed: error => assert.fail(String(error)),
    });
  }

  async function ends(): Promise<void> {
    evidence.dispose();
    await room.close();
  }

  /** As a window does, when it has read all records: `take` is what they tell. */
  async function beginsAgain(...told: readonly AgentEdit[]): Promise<void> {
    await begin();
    const { changed } = await writer.baseline(['a.md', 'b.md'], unseen, 'start');
    for (const { path, ...change } of changed) evidence.seen(path, change, false);
    const all = await writer.outsideChanges();
    evidence.remember(all.map(({ path, sequence, ...change }) => ({ ...change, path: path!, act: sequence })));
    await take(...told);
    evidence.recall();
    await evidence.settle();
  }

  const take = (...edits: readonly AgentEdit[]) => evidence.take({ ...noRecords, edits });

  function edit(of: Partial<AgentEdit>): AgentEdit {
    const id = { id: 'cursor:talk:call', agent: 'cursor', conversation: 'talk', prompt: 'cursor:talk:asked' };
    return { ...id, time: Date.now(), file: join(room.folder, 'a.md'), unchecked: true, ...of };
  }

  async function told(path: string): Promise<readonly string[]> {
    await writer.flush();
    return room.read(reader => {
      const state = reader.replay();
      const { provenance, text } = state.at(path)!;
      let at = 0;
      return [...state.origins.walk(provenance.spans())].map(({ length, origin: { kind, basis, prompt } }) => {
        const part = JSON.stringify(text.slice(at, at + length));
        at += length;
        return [kind, basis, ...(prompt === undefined ? [] : ['asked']), part].join(' ');
      });
    });
  }

  /** Waits for what was asked of the journal in the background. */
  async function until(path: string, wanted: readonly string[]): Promise<void> {
    for (let n = 0; n < 100 && `${await told(path)}` !== `${wanted}`; n++) await new Promise(r => setTimeout(r, 20));
    assert.deepEqual(await told(path), wanted);
  }

  const own = (basis: string, text: string) => `ai.agent ${basis} asked ${JSON.stringify(text)}`;
  const first = `initial asserted ${JSON.stringify(start)}`;
  const none = (text: string) => `unknown none ${JSON.stringify(text)}`;
  const replaced = { old: start, new: start + line, all: false };

  for (const [how, texts] of [
    ['a replacement', { replaced }],
    ['whole texts', { before: start, after: start + line }],
  ] as const) {
    it(`by ${how}, and was written while no window was open, is the tool’s`, async () => {
      await take(edit(texts));
      await ends();
      room.write('a.md', start + line);
      await beginsAgain();
      await until('a.md', [first, own('reported', line)]);
    });
  }

  it('of a new file, written while no window was open, is the tool’s', async () => {
    const file = join(room.folder, 'b.md');
    await take(edit({ file, after: line, replaced: { old: '', new: line, all: false } }));
    await ends();
    room.write('b.md', line);
    await beginsAgain();
    await until('b.md', [own('reported', line)]);
  });

  it('by whole texts, where another program has added more, is the tool’s', async () => {
    await take(edit({ before: start, after: start + line }));
    await ends();
    room.write('a.md', `${start}${line}More.\n`);
    await beginsAgain();
    await until('a.md', [first, own('reported', line), none('More.\n')]);
  });

  it('of every place of a word, is the tool’s at each', async () => {
    await take(edit({ replaced: { old: 'i', new: 'ee', all: true } }));
    await ends();
    room.write('a.md', start.replaceAll('i', 'ee'));
    await beginsAgain();
    await until('a.md', [
      'initial asserted "The "',
      own('reported', 'feerst leene'),
      'initial asserted " was there.\\n"',
    ]);
  });

  it('is the tool’s in the session after, where the change came unexplained before', async () => {
    await take(edit({ file: join(room.folder, 'other.md'), replaced }));
    await ends();
    room.write('a.md', start + line);
    await beginsAgain();
    assert.deepEqual(await told('a.md'), [first, none(line)]);
    await take(edit({ id: 'cursor:talk:late', replaced }));
    await ends();
    // The window ended before what it was told had been compared.
    await beginsAgain();
    await until('a.md', [first, own('reported', line)]);
  });

  it('gives way to its record’s own account, which proves', async () => {
    await take(edit({ before: start, after: start + line }));
    await ends();
    room.write('a.md', start + line);
    await beginsAgain();
    await until('a.md', [first, own('reported', line)]);
    const { unchecked: _, ...sure } = edit({ before: start, after: start + line });
    await take(sure);
    await until('a.md', [first, own('proven', line)]);
  });

  it('is not looked at again once it explained something', async () => {
    await take(edit({ replaced }));
    await ends();
    room.write('a.md', start + line);
    await beginsAgain();
    await until('a.md', [first, own('reported', line)]);
    const unused = await writer.unusedEdits({ below: Number.MAX_SAFE_INTEGER, since: 0 });
    assert.deepEqual(unused, { edits: [] });
  });

  it('is found below many that were imported, in few questions', async () => {
    await take(edit({ replaced }));
    for (let n = 0; n < 1500; n++) {
      const about = { id: `codex:old:${n}`, agent: 'codex', conversation: 'old', made: n, path: 'a.md' };
      writer.append({ kind: 'agentEdit', ...about, gives: 'none', reconstructed: true }, []);
    }
    await writer.flush();
    const found = [];
    for (let below: number | undefined = Number.MAX_SAFE_INTEGER; below !== undefined; ) {
      const unused = await writer.unusedEdits({ below, since: 0 });
      below = unused.below;
      found.push(unused.edits.map(({ id }) => id));
    }
    assert.deepEqual(found, [[], ['cursor:talk:call']]);
  });

  it('is nobody’s where it says nothing of what was written', async () => {
    await take(edit({ replaced }));
    await ends();
    room.write('a.md', `${start}Nobody came.\n`);
    await beginsAgain();
    await evidence.take(noRecords);
    assert.deepEqual(await told('a.md'), [first, none('Nobody came.\n')]);
  });
});
