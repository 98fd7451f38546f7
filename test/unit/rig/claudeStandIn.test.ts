import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claudeCode } from '../../../src/agents/tools/claudeCode.ts';
import { ClaudeStandIn } from '../../rig/claudeStandIn.ts';

describe('the stand-in for Claude Code', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'holograph-stand-in-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  it('leaves a record that the reader of Claude Code reads, and the file as it says', async () => {
    const file = join(folder, 'a.md');
    writeFileSync(file, 'one\ntwo\nthree\n');
    new ClaudeStandIn(folder, folder).replace({ prompt: 'Make two louder.', file, old: 'two', new: 'TWO' });
    assert.equal(readFileSync(file, 'utf8'), 'one\nTWO\nthree\n');

    const places = claudeCode.places(folder, { env: { CLAUDE_CONFIG_DIR: folder }, platform: process.platform });
    const place = places[0]!;
    const records = readdirSync(place).filter(name => claudeCode.isRecord(name));
    assert.equal(records.length, 1);
    const { prompts, edits, problems } = await claudeCode.reader(join(place, records[0]!)).read();
    assert.deepEqual(problems, []);
    assert.deepEqual(
      prompts.map(prompt => prompt.text),
      ['Make two louder.'],
    );
    assert.deepEqual(
      edits.map(edit => [edit.file, edit.before, edit.after, edit.prompt]),
      [[file, 'one\ntwo\nthree\n', 'one\nTWO\nthree\n', prompts[0]?.id]],
    );
  });
});
