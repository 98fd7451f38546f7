import assert from 'node:assert/strict';
import fc from 'fast-check';
import { notebookText } from '../../../src/journal/notebookText.ts';

/** Each cell's text, and what stands for it in the JSON, sign by sign; a line break that stands for itself is ⏎. */
function picture(json: string): string[] {
  const found = notebookText(json);
  assert.ok(found);
  return found.cells.flatMap(({ text, at }) => [
    text,
    at
      .map(offset => json[offset])
      .join('')
      .replaceAll('\n', '⏎'),
  ]);
}

const notebook = (cells: unknown, indent?: number) =>
  JSON.stringify({ cells, metadata: { a: [{}, [1, 'x]}"']] }, nbformat: 4 }, undefined, indent);

describe('notebookText', () => {
  it('finds each character of a cell in the JSON', () => {
    assert.deepEqual(picture(notebook([{ source: ['a "b"\n', 'к\\\tz'] }], 1)), ['a "b"\nк\\\tz', 'a "b"⏎к\\tz']);
    assert.deepEqual(picture(notebook([{ source: 'one\ntwo' }])), ['one\ntwo', 'onentwo']);
    assert.deepEqual(picture('{"cells":[{"source":["\\u0434\\ud83d\\ude00\\/"]}]}'), ['д😀/', '4d0/']);
    assert.deepEqual(picture(notebook([{ source: ['end\n'] }], 2)), ['end\n', 'end⏎']);
    assert.deepEqual(picture(notebook([{ source: [] }, { source: '' }], 2)), ['', '', '', '']);
  });

  it('names cells that have a name, and tells what programs put in', () => {
    const json = notebook([{ id: 'x1', source: 'a', outputs: [{ text: ['hi'] }], attachments: {} }, { source: 'b' }]);
    const found = notebookText(json);
    assert.deepEqual(
      found?.cells.map(({ id }) => id),
      ['x1', undefined],
    );
    assert.deepEqual(
      found?.foreign.map(({ from, to }) => json.slice(from, to)),
      ['[{"text":["hi"]}]', '{}'],
    );
  });

  it('says nothing of other texts', () => {
    for (const text of ['', 'x', '{}', '[]', '{"cells":', '"cells"', '{"cell":[]}', '['.repeat(1e5)])
      assert.equal(notebookText(text), undefined);
    for (const odd of ['{"cells":1}', '{"cells":[1,"a",[],{"source":1}]}', '{"cells":[{"source":[1,"a"]}]}'])
      assert.ok(notebookText(odd));
  });

  it('law: whatever the cells hold and however they are written, their texts are found, sign by sign', () => {
    const cell = fc.record({
      source: fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.string({ unit: 'binary' }))),
      outputs: fc.jsonValue({ maxDepth: 2 }),
      metadata: fc.jsonValue({ maxDepth: 2 }),
    });
    fc.assert(
      fc.property(fc.array(cell), fc.nat(4), (cells, indent) => {
        const json = notebook(cells, indent);
        const found = notebookText(json);
        assert.deepEqual(
          found?.cells.map(({ text }) => text),
          cells.map(({ source }) => [source].flat().join('')),
        );
        for (const { text, at } of found?.cells ?? []) {
          assert.equal(at.length, text.length);
          assert.ok(at.every((offset, i) => offset < json.length && (i === 0 || offset > at[i - 1]!)));
        }
      }),
      { numRuns: 60 },
    );
  });
});
