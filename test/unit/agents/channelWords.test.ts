import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { agents } from '../../../src/agents/agents.ts';

describe('channels', () => {
  for (const language of ['en', 'ru', 'kk']) {
    it(`${language}: each tool’s records have a name in the report, and each name under which they stand`, () => {
      const file = new URL(`../../../media/l10n/report.${language}.json`, import.meta.url);
      const words = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, string>>;
      const names = [...agents.flatMap(({ name, ids = name }) => [name, ids]), 'hooks', 'git', 'agents'];
      assert.deepEqual(
        [...new Set(names)].filter(name => !words[`channel.${name}`]),
        [],
      );
    });
  }
});
