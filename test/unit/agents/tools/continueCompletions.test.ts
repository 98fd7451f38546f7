import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { continueCompletions } from '../../../../src/agents/tools/continueCompletions.ts';
import { cleanFolders, folder } from '../transcript.ts';

const event = {
  eventName: 'autocomplete',
  userId: 'someone@example.com',
  timestamp: '2026-01-02T10:00:00.000Z',
  completionId: 'c-1',
  filepath: 'file:///w/a.md',
  prefix: 'Once upon',
  completion: ' a time',
  accepted: true,
  modelProvider: 'mistral',
  modelName: 'codestral-latest',
};

describe('continue-completions', () => {
  let file: string;
  beforeEach(() => {
    file = join(folder(), 'autocomplete.jsonl');
  });
  after(cleanFolders);

  const cases: readonly (readonly [string, object, string])[] = [
    ['one that was accepted', {}, 'completions:c-1 /w/a.md " a time" mistral/codestral-latest true'],
    ['none that was not', { accepted: false }, ''],
    ['none without its text', { completion: undefined }, ''],
    ['a form without a time as a problem', { timestamp: 'soon' }, '!unknown form'],
    ['a file of nowhere as a problem', { filepath: 'untitled:a' }, '!unknown form'],
  ];
  for (const [what, other, is] of cases) {
    it(`takes ${what}`, async () => {
      writeFileSync(file, `${JSON.stringify({ ...event, ...other })}\n`);
      const { edits, problems } = await continueCompletions.reader(file).read();
      const all = [
        ...edits.map(({ id, file, replaced, model, completion }) =>
          [id.slice('continue:'.length), file, JSON.stringify(replaced?.new), model, completion].join(' '),
        ),
        ...problems.map(({ message }) => `!${message}`),
      ];
      assert.equal(all.join(), is);
      // Nothing of the account, nor of what stood around.
      assert.doesNotMatch(JSON.stringify(edits), /example|Once/);
    });
  }

  it('reads what is added', async () => {
    writeFileSync(file, `${JSON.stringify(event)}\n`);
    const reader = continueCompletions.reader(file);
    await reader.read();
    appendFileSync(file, `${JSON.stringify({ ...event, completionId: 'c-2' })}\n`);
    assert.deepEqual(
      (await reader.read()).edits.map(({ id }) => id),
      ['continue:completions:c-2'],
    );
  });
});
