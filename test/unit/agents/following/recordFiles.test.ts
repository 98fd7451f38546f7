import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recordFiles } from '../../../../src/agents/following/recordFiles.ts';
import { claudeCode } from '../../../../src/agents/tools/claudeCode.ts';
import { cleanFolders, folder } from '../transcript.ts';

describe('records of a place', () => {
  after(cleanFolders);

  it('are found in folders below it too, by links to files, and each once where links lead round', async () => {
    const place = folder();
    const below = join(place, 'one', 'subagents');
    mkdirSync(below, { recursive: true });
    writeFileSync(join(place, 'one.jsonl'), '');
    writeFileSync(join(below, 'agent-1.jsonl'), '');
    symlinkSync(join(below, 'agent-1.jsonl'), join(place, 'two.jsonl'));
    for (const name of ['a', 'b', 'c']) symlinkSync(place, join(place, name));
    const found = await recordFiles(claudeCode, place, 0);
    assert.deepEqual(
      found.map(({ file }) => file).sort(),
      [join(place, 'one.jsonl'), join(below, 'agent-1.jsonl'), join(place, 'two.jsonl')].sort(),
    );
  });
});
