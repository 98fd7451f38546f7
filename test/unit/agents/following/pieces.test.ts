import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type AgentRecords, noRecords, type Prompt } from '../../../../src/agents/agent.ts';
import { pieces } from '../../../../src/agents/following/pieces.ts';

describe('records in pieces', () => {
  const prompt = (id: number, length: number): Prompt => ({
    ...{ id: `a:c:${id}`, agent: 'a', conversation: 'c', time: id },
    text: 'x'.repeat(length),
  });

  it('small ones go in one, none in none', () => {
    assert.deepEqual([...pieces(noRecords)], []);
    const records = { ...noRecords, prompts: [prompt(1, 5)], problems: [{ file: 'f', line: 0, message: 'm' }] };
    assert.deepEqual([...pieces(records)], [records]);
  });

  it('together they are the records in their order, each within the bound but for a single one', () => {
    const lengths = fc.array(fc.nat(3000), { maxLength: 20 });
    fc.assert(
      fc.property(lengths, lengths, (asked, made) => {
        const prompts = asked.map((length, id) => prompt(id, length));
        const edits = made.map((length, id) => {
          const { text: after, ...own } = prompt(1000 + id, length);
          return { ...own, file: '/f', after, replaced: { old: '', new: 'y', all: false } };
        });
        const all = [...pieces({ ...noRecords, prompts, edits }, 2000)];
        const joined = <K extends keyof AgentRecords>(name: K) => all.flatMap(piece => piece[name] as never[]);
        assert.deepEqual([joined('prompts'), joined('edits')], [prompts, edits]);
        for (const piece of all) {
          const records = [...piece.prompts, ...piece.edits];
          const size = records.reduce((sum, one) => sum + ('text' in one ? one.text : one.after!).length, 0);
          assert.ok(records.length === 1 || size <= 2000);
          assert.ok(piece.edits.length === 0 || all.indexOf(piece) >= all.findLastIndex(one => one.prompts.length > 0));
        }
      }),
    );
  });
});
