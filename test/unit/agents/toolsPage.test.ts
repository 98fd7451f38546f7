import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { agents } from '../../../src/agents/agents.ts';

/** The table of AI tools on the first page says of each reader what it was checked against, and of no other. */
describe('the page of AI tools', () => {
  const page = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const rows = [...page.matchAll(/^\|[^|]*\| `([\w-]+)` \|[^|]*\|[^|]*\| (on real records|from documentation) \|$/gm)];

  it('names each reader once, with what it was checked against', () => {
    const said = rows.map(
      ([, name, checked]) => `${name} ${checked === 'on real records' ? 'samples' : 'documentation'}`,
    );
    assert.deepEqual(said.sort(), agents.map(({ name, checked }) => `${name} ${checked}`).sort());
  });
});
