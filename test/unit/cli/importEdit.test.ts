import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AgentEdit } from '../../../src/agents/agent.ts';
import { plainDigest } from '../../../src/agents/plainText.ts';
import { editAct } from '../../../src/cli/importEdit.ts';
import { outputTexts } from '../../../src/journal/outputTexts.ts';
import { counts } from '../../../src/text/moves.ts';

const about = { id: 'a:c:e', agent: 'a', conversation: 'c', time: 1000, file: '/work/a.md' };
const head = { sequence: 0, time: 0, monotonic: 0, zone: 0, session: 1 };
const lines = (n: number, other = '') =>
  Array.from({ length: n }, (_, i) => `Line ${i} of the file.${other}\n`).join('');

function given(texts: Pick<AgentEdit, 'before' | 'after' | 'replaced'>) {
  const { body, texts: kept } = editAct({ ...about, ...texts }, 'a.md');
  return [body.gives, ...kept, ...(body.brings === undefined ? [] : [JSON.stringify(body.brings)])];
}

describe('an edit that is imported', () => {
  it('of a file that was written whole keeps the lines that differ', () => {
    const [before, after] = [lines(50), lines(50).replace('Line 7 of', 'Line 7 at the end of')];
    const [gives, old, next] = given({ before, after });
    assert.equal(gives, 'replaced');
    assert.equal(before.replace(old!, next!), after);
    assert.ok(old!.startsWith('Line 7 of') && old!.length < 100, old);
  });

  it('that changed most of a file keeps it whole, with what it put in', () => {
    const kept = given({ before: 'One.\nand\nTwo.\n', after: 'Three.\nand\nFour.\n' });
    assert.deepEqual(kept, ['after', 'Three.\nand\nFour.\n', '[[0,6],[11,16]]']);
  });

  it('that made a file keeps it whole, and all of it was put in', () =>
    assert.deepEqual(given({ before: null, after: 'One.\n' }), ['after', 'One.\n', '[[0,5]]']));

  it('of which the text before is not known says nothing of what was put in', () =>
    assert.deepEqual(given({ after: 'One.\n' }), ['after', 'One.\n']));

  it('of which the text before is not known keeps what was asked for beside the text after, once', () => {
    const replaced = { old: 'a', new: 'b', all: true };
    assert.deepEqual(given({ after: 'One.\n', replaced: { old: '', new: 'One.\n', all: false } }), ['both', 'One.\n']);
    assert.deepEqual(given({ after: 'b.\n', replaced }), ['both', 'b.\n', 'a', 'b']);
    assert.equal(editAct({ ...about, replaced }, 'a.md').body.everywhere, true);
  });

  it('that is a replacement keeps it as the record has it', () => {
    const replaced = { old: 'a', new: 'b', all: false };
    assert.deepEqual(given({ replaced }), ['replaced', 'a', 'b']);
    const places = [false, true].map(
      all => editAct({ ...about, replaced: { ...replaced, all } }, 'a.md').body.everywhere,
    );
    assert.deepEqual(places, [undefined, true]);
  });

  it('keeps the digests of the whole texts, and what it brought is found whichever form it has', () =>
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.nat({ max: 59 }), fc.lorem({ maxCount: 30 }), (n, at, words) => {
        // A space of it decides otherwise.
        fc.pre(Math.abs(words.length - 24) > 3);
        const before = lines(n);
        const after = before.replace(`Line ${at} `, `Line ${at} ${words} `);
        const { body, texts } = editAct({ ...about, before, after }, 'a.md');
        assert.deepEqual([body.beforeDigest, body.afterDigest], [plainDigest(before), plainDigest(after)]);
        const outputs = outputTexts({ ...head, ...body, texts }).map(text => text.trim());
        assert.deepEqual(outputs, before !== after && counts(words) ? [words] : []);
      }),
    ));
});
