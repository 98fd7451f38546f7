import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Line } from './line.ts';
import { AmpThread, DroidSession, PiSession } from './smallSamples.ts';
import { patchOf, Rollout, success } from './tools/codexSample.ts';
import { GeminiTalk, replaced } from './tools/geminiSample.ts';
import { cleanFolders } from './transcript.ts';

const first = 'The wind came over the steppe.\n\n\nNobody heard it, not even the dogs.\n';
const second = 'The wind came over the empty, frozen steppe.\n\n\nNobody heard it, and not even the sleeping dogs.\n';
const [call, other] = ['call_0123456789abcdef', 'call_fedcba9876543210'];
const [oldLine, newLine] = ['The wind came over the steppe.', 'The wind came over the empty, frozen steppe.'];
const [oldEnd, newEnd] = ['Nobody heard it, not even the dogs.', 'Nobody heard it, and not even the sleeping dogs.'];

/** Writes the tool's record of one edit of two lines. */
const tools: Readonly<Record<string, (line: Line) => void>> = {
  codex(line) {
    const rollout = new Rollout(place(line, '.codex/sessions/2026/01/02'), { cwd: dirname(line.file) }, Date.now());
    const patch = patchOf(
      '*** Update File: a.md',
      '@@',
      `-${oldLine}`,
      `+${newLine}`,
      '@@',
      `-${oldEnd}`,
      `+${newEnd}`,
    );
    rollout
      .turn('gpt-5-codex', 'a'.repeat(36), dirname(line.file))
      .prompt('Make it lonelier')
      .patch(call, patch, success);
  },
  'codex in its own account'(line) {
    const rollout = new Rollout(place(line, '.codex/sessions/2026/01/02'), { cwd: dirname(line.file) }, Date.now());
    const unified_diff = `@@ -1 +1 @@\n-${oldLine}\n+${newLine}\n@@ -4 +4 @@\n-${oldEnd}\n+${newEnd}\n`;
    rollout.turn('o3', 'a'.repeat(36), dirname(line.file)).prompt('Make it lonelier');
    rollout.applied(call, { [line.file]: { type: 'update', unified_diff } });
  },
  gemini(line) {
    writeFileSync(
      join(place(line, '.gemini'), 'projects.json'),
      JSON.stringify({ projects: { [dirname(line.file)]: 'book' } }),
    );
    const resultDisplay = { filePath: line.file, originalContent: first, newContent: second };
    const talk = new GeminiTalk(Date.now()).user('Make it lonelier');
    talk.says('Done.', [{ ...replaced(first, oldLine, newLine), resultDisplay }]);
    const lines = [{ sessionId: 'talk', projectHash: 'hash' }, ...talk.messages];
    const file = join(place(line, '.gemini/tmp/book/chats'), 'session-2026-01-02T10-00-talk.jsonl');
    writeFileSync(file, lines.map(one => `${JSON.stringify(one)}\n`).join(''));
  },
  droid(line) {
    const session = new DroidSession(place(line, '.factory/sessions/book'), { cwd: dirname(line.file) }, Date.now());
    const changes = [oldAndNew(oldLine, newLine), oldAndNew(oldEnd, newEnd)];
    session.user('Make it lonelier').call(call, 'MultiEdit', { file_path: line.file, changes });
  },
  amp(line) {
    const thread = new AmpThread(Date.now()).user('Make it lonelier');
    thread.call(call, 'edit_file', { path: line.file, ...oldAndNew(oldLine, newLine) });
    thread.call(other, 'edit_file', { path: line.file, ...oldAndNew(oldEnd, newEnd) });
    thread.write(place(line, 'share/amp/threads'), Date.now() / 1000);
  },
  pi(line) {
    const session = new PiSession(place(line, '.pi/agent/sessions/book'), 3, Date.now()).message(
      'user',
      'Make it lonelier',
    );
    const edits = [
      { oldText: oldLine, newText: newLine },
      { oldText: oldEnd, newText: newEnd },
    ];
    session.call(call, 'edit', { path: line.file, edits });
  },
};

function place(line: Line, path: string): string {
  const at = join(line.home, path);
  mkdirSync(at, { recursive: true });
  return at;
}

function oldAndNew(old_str: string, new_str: string): object {
  return { old_str, new_str };
}

describe('a tool writes behind the editor', () => {
  let line: Line;
  afterEach(() => line.close());
  after(cleanFolders);

  for (const [what, record] of Object.entries(tools)) {
    const [tool] = what.split(' ');
    it(`${what}: its words are its own with the prompt, and the words it left keep their origin`, async () => {
      line = await Line.open(first, [tool!]);
      record(line);
      await line.write(second);
      await line.read();
      assert.deepEqual(await line.spans(), [
        'initial "The wind came over the "',
        'ai.agent reported Make it lonelier "empty, frozen "',
        'initial "steppe.\\n\\n\\nNobody heard it, "',
        'ai.agent reported Make it lonelier "and "',
        'initial "not even the "',
        'ai.agent reported Make it lonelier "sleeping "',
        'initial "dogs.\\n"',
      ]);
    });
  }

  const wrote = (content: string) => {
    const rollout = new Rollout(place(line, '.codex/sessions'), { cwd: dirname(line.file) }, Date.now());
    rollout.turn('o3', 'a'.repeat(36), dirname(line.file)).prompt('Begin');
    rollout.applied(call, { [line.file]: { type: 'add', content } });
  };

  it('a file that it wrote is its own where none was there', async () => {
    line = await Line.open(undefined, ['codex']);
    wrote(first);
    await line.write(first);
    await line.read();
    assert.deepEqual(await line.spans(), [`ai.agent reported Begin ${JSON.stringify(first)}`]);
  });

  it('a file that it wrote over another leaves what stood there before to whom it was', async () => {
    line = await Line.open(first, ['codex']);
    wrote(`${first}It blew until the morning came.\n`);
    await line.write(`${first}It blew until the morning came.\n`);
    await line.read();
    const [before, ...rest] = await line.spans();
    assert.equal(before, `initial ${JSON.stringify(first)}`);
    assert.ok(
      rest.every(span => /^(ai\.agent reported|external\.disk) /.test(span)),
      rest.join(),
    );
  });

  it('the copies of changed files prove nothing, as no real one was seen', async () => {
    line = await Line.open(first, ['amp-file-changes']);
    const file = join(place(line, '.amp/file-changes/T-talk'), `${call}.72595378-f6f7-4b3d-ad64-84fa9680e9c9`);
    const change = { uri: `file://${line.file}`, before: first, after: second, timestamp: Date.now() };
    writeFileSync(file, JSON.stringify(change));
    await line.write(second);
    await line.read();
    assert.match((await line.spans()).join(), /ai\.agent reported "empty, frozen "/);
  });
});
