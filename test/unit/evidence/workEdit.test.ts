import assert from 'node:assert/strict';
import fc from 'fast-check';
import { edited, editOf, type Json, type Step, valueAt } from '../../../src/evidence/work/edit.ts';

const file = `{
  "work": "w1",
  "title": { "ru": "Степь" },
  "house": {"number":  7},
  "tools": [
    { "product": "Claude" }
  ]
}
`;
const edit = (text: string, path: readonly Step[], value: Json | undefined) => edited(text, editOf(text, path, value));

describe('an edit of holograph.json', () => {
  const cases: readonly (readonly [string, readonly Step[], Json | undefined, string])[] = [
    ['a value', ['title', 'ru'], 'Дала', file.replace('Степь', 'Дала')],
    ['a new member in a line', ['title', 'kk'], 'Дала', file.replace('"Степь" }', '"Степь", "kk": "Дала" }')],
    ['a new field', ['place'], 'Алматы', file.replace('  ]\n', '  ],\n  "place": "Алматы"\n')],
    ['a new group', ['created', 'to'], '2026', file.replace('  ]\n', '  ],\n  "created": {\n    "to": "2026"\n  }\n')],
    [
      'a new item',
      ['tools', 1],
      { product: 'Kimi' },
      file.replace('"Claude" }\n', '"Claude" },\n    {\n      "product": "Kimi"\n    }\n'),
    ],
    ['nothing in a group', ['title', 'ru'], undefined, file.replace('  "title": { "ru": "Степь" },\n', '')],
    ['nothing in a list', ['tools', 0], undefined, file.replace(/,\n {2}"tools"[^\]]*\]/, '')],
    ['the first', ['work'], undefined, file.replace('"work": "w1",\n  ', '')],
    ['what is not there', ['plan'], undefined, file],
    ['what is not there, deep', ['program', 'field'], undefined, file],
    ['through a text', ['work', 'x'], 'y', file],
  ];
  for (const [what, path, value, after] of cases)
    it(`${what} at /${path.join('/')} leaves all else as it was written`, () =>
      assert.equal(edit(file, path, value), after));

  it('of an empty object, of one line, with tabs, with \\r\\n and a mark before it', () => {
    assert.equal(edit('{}', ['place'], 'A'), '{\n  "place": "A"\n}');
    assert.equal(edit('{"a":1}', ['b'], [2]), '{"a":1,"b":[2]}');
    assert.equal(edit('{ "a": 1 }', ['b'], 2), '{ "a": 1, "b": 2 }');
    assert.equal(edit('{\n\t"a": 1\n}', ['b', 'c'], 2), '{\n\t"a": 1,\n\t"b": {\n\t\t"c": 2\n\t}\n}');
    assert.equal(
      edit('\ufeff{\r\n  "a": 1\r\n}\r\n', ['b'], ['x']),
      '\ufeff{\r\n  "a": 1,\r\n  "b": [\r\n    "x"\r\n  ]\r\n}\r\n',
    );
  });

  it('of what is no JSON object there is none', () => {
    for (const text of ['', '{', '[1]', '"x"', 'null']) assert.equal(editOf(text, ['a'], 1), undefined, text);
  });

  const name = fc.constantFrom('a', 'b', 'a b', 'ү"', '\\');
  const { json } = fc.letrec<{ json: Json; object: { [name: string]: Json } }>(tie => ({
    json: fc.oneof(
      { depthSize: 'small' },
      fc.string({ unit: 'grapheme', maxLength: 4 }),
      fc.integer(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('json'), { maxLength: 3 }),
      tie('object'),
    ),
    object: fc.dictionary(name, tie('json'), { maxKeys: 4, noNullPrototype: true }),
  }));
  const object = fc.dictionary(name, json, { maxKeys: 4, noNullPrototype: true });
  const indent = fc.constantFrom(undefined, 2, 4, '\t');

  it('says the value there and nothing else, however the file is written', () => {
    fc.assert(
      fc.property(
        object,
        indent,
        fc.array(name, { minLength: 1, maxLength: 3 }),
        json,
        (before, space, path, value) => {
          const text = JSON.stringify(before, undefined, space);
          const after = JSON.parse(edit(text, path, value));
          const reached = path.every((_, i) => {
            const inner = valueAt(before, path.slice(0, i));
            return inner === undefined || (typeof inner === 'object' && inner !== null && !Array.isArray(inner));
          });
          assert.deepEqual(valueAt(after, path), reached ? value : valueAt(before, path));
          // Taking it away again leaves what is not on the way.
          const again = JSON.parse(edit(JSON.stringify(after), path, undefined));
          for (const other of Object.keys(before))
            if (other !== path[0]) assert.deepEqual([after[other], again[other]], [before[other], before[other]]);
        },
      ),
      { numRuns: 300 },
    );
  });
});
