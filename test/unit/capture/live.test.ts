import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { ChangeSet } from '../../../src/text/change.ts';
import { LetterTable } from '../../support/letterTable.ts';
import { LiveEditor } from '../../support/liveEditor.ts';
import { Workroom } from '../../support/workroom.ts';
import { loadSequential, loadSessions, sequentialNames, type Trace } from '../../traces/trace.ts';

type Act = readonly [
  name: 'type' | 'pair' | 'delete' | 'insert' | 'paste' | 'copy' | 'undo' | 'redo' | 'reload' | 'save',
  a: number,
  b: number,
];

const acts: fc.Arbitrary<Act> = fc.tuple(
  fc.constantFrom(
    'type',
    'type',
    'type',
    'type',
    'pair',
    'delete',
    'insert',
    'paste',
    'copy',
    'undo',
    'redo',
    'reload',
    'save',
  ),
  fc.nat(1_000_000),
  fc.nat(1_000_000),
);

/** Does one act at places that the numbers choose. */
async function act(editor: LiveEditor, [name, a, b]: Act, i: number): Promise<void> {
  const { length } = editor.text;
  const at = a % (length + 1);
  const [from, to] = [at, at + (b % 6)].map(x => Math.min(x, length)) as [number, number];
  switch (name) {
    case 'type':
      return editor.type([at], 'abcdefgh'[b % 8] ?? 'a');
    case 'pair':
      return editor.type(
        [...new Set([at, b % (length + 1)])].sort((x, y) => x - y),
        'm',
      );
    case 'delete':
      return from === to ? undefined : editor.delete(from, to);
    case 'insert':
      return editor.insert(at, `edit ${i} `);
    case 'paste':
      return editor.paste(from, to, `quoted ${i}\nfrom elsewhere `);
    case 'copy':
      await editor.tracker.quiet();
      return from === to ? undefined : editor.copy(from, to, b % (length + 1));
    case 'undo':
      return editor.undo(1 + (b % 3));
    case 'redo':
      return editor.redo(1 + (b % 3));
    case 'reload':
      return editor.reload(at, `«outside${i}»`);
    case 'save':
      return editor.save();
  }
}

describe('live provenance', () => {
  let room: Workroom;
  let writer: JournalWriter;

  before(async () => {
    room = new Workroom();
    room.consent();
    writer = await room.writer();
  });
  after(() => room.clear());

  it('equals what the journal replays, and the plain truth, on 1,000 random histories', async function () {
    this.timeout(120_000);
    const histories = fc.sample(fc.tuple(fc.string({ maxLength: 20 }), fc.array(acts, { maxLength: 40 })), {
      numRuns: 1000,
      seed: 20261122,
    });
    const editors: LiveEditor[] = [];
    for (const [n, [start, steps]] of histories.entries()) {
      const editor = await LiveEditor.open(writer, n + 1, `${n}.md`, start.replaceAll('\r', ''));
      for (const [i, step] of steps.entries()) await act(editor, step, i);
      editor.save();
      await editor.tracker.quiet();
      editors.push(editor);
    }
    await writer.flush();
    const replay = room.read(reader => reader.replay());
    const documents = new Map([...replay.documents.values()].map(d => [d.path, d]));
    for (const [n, editor] of editors.entries()) {
      const path = `${n}.md`;
      const [replayed, live] = [documents.get(path), editor.tracker.provenance];
      assert.ok(replayed && live, path);
      assert.equal(replayed.text, editor.text, path);
      assert.deepEqual(live.spans(), replayed.provenance.spans(), path);
      assert.deepEqual(live.placements(0, live.length), replayed.provenance.placements(0, live.length), path);
      assert.equal(live.toString(editor.origins), editor.letters, path);
      assert.equal(replayed.provenance.toString(replay.origins), editor.letters, `${path}, from the journal`);
    }
  });

  for (const [n, name] of sequentialNames.entries()) {
    it(`equals what the journal replays on the trace ${name}`, async function () {
      this.timeout(120_000);
      const trace = loadSequential(name);
      if (!trace) {
        console.log('      skipped: no recorded traces, as shared/traces is not beside the repository');
        this.skip();
      }
      check([await play(trace, 10_000 + n)]);
    });
  }

  it("equals what the journal replays on 100 co-writing sessions, the machine's text told from the writer's", async function () {
    this.timeout(120_000);
    const sessions = loadSessions(100);
    if (!sessions) {
      console.log('      skipped: no recorded traces, as shared/traces is not beside the repository');
      this.skip();
    }
    const played: Played[] = [];
    for (const [n, trace] of sessions.entries()) played.push(await play(trace, 20_000 + n));
    check(played);
  });

  /** Plays a trace as an editor would show it, and saves its end. */
  async function play(trace: Trace, number: number): Promise<Played> {
    const path = `${number}.md`;
    const editor = await LiveEditor.open(writer, number, path, trace.start);
    const letters = new LetterTable(trace.start, 'i');
    const key = { by: 'editor', selection: 'keyboard', carets: true } as const;
    let time = 0;
    for (const { patches, machine } of trace.steps) {
      for (const [from, removed, insert] of patches) {
        const { tracker } = editor;
        const changes = ChangeSet.of(tracker.length, [{ from, to: from + removed, insert }]);
        const isKey = !machine && insert.length === 1;
        const same = removed === insert.length && tracker.copy(from, from + removed)?.text === insert;
        // Of a known sort, so that nobody looks for where the writer may have had it from: the trace does not tell.
        const transfer = { how: 'paste', from: 'outside', equal: true } as const;
        const paste = { by: 'editor', mark: 'insertSnippet', transfer } as const;
        const ghost = { by: 'editor', mark: 'editor.action.inlineSuggest.commit' } as const;
        time += 50;
        tracker.observe({
          changes,
          observation: { ...(isKey ? key : machine ? ghost : paste) },
          time,
          clean: false,
          selected: true,
        });
        tracker.settle();
        if (tracker.provenance === undefined) await tracker.quiet();
        // What is replaced by the same text is no change.
        // A letter in the place of one may be anybody's.
        const typed = removed === 1 ? '?' : 't';
        if (!same) letters.replace(from, from + removed, insert, isKey ? typed : machine ? 'a' : 'f');
      }
      if (writer.serials(0) % 4096 === 0) await writer.flush();
    }
    assert.ok(editor.tracker.holds(trace.end));
    editor.tracker.save();
    await editor.tracker.quiet();
    await writer.flush();
    return { path, editor, letters, end: trace.end };
  }

  /** Tracker, journal and the plain truth agree on each. */
  function check(played: readonly Played[]): void {
    const replay = room.read(reader => reader.replay());
    const documents = new Map([...replay.documents.values()].map(d => [d.path, d]));
    for (const { path, editor, letters, end } of played) {
      const document = documents.get(path);
      assert.ok(document?.text === end, firstDifference(document?.text ?? '', end));
      assert.deepEqual(document.provenance.spans(), editor.tracker.provenance?.spans());
      const found = document.provenance.toString(replay.origins);
      assert.ok(found === letters.toString(), firstDifference(found, letters.toString()));
    }
  }
});

interface Played {
  readonly path: string;
  readonly editor: LiveEditor;
  readonly letters: LetterTable;
  readonly end: string;
}

/** Where two long texts part. */
function firstDifference(a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return `lengths ${a.length} and ${b.length}, different from ${at}: ${JSON.stringify([a, b].map(t => t.slice(at - 20, at + 40)))}`;
}
