import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { agents } from '../../../src/agents/agents.ts';
import { toolName } from '../../../src/ui/toolNames.ts';

describe('names of AI tools', () => {
  const page = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

  for (const name of new Set(agents.map(({ ids, name }) => ids ?? name))) {
    it(`${name} is ${toolName(name)}, as on the first page`, () => assert.ok(page.includes(`\n| ${toolName(name)} `)));
  }

  it('one that nobody knows is called as the record calls it', () => {
    for (const name of ['ChatGPT', 'my tool', 'constructor']) assert.equal(toolName(name), name);
  });
});
