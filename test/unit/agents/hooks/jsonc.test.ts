import assert from 'node:assert/strict';
import fc from 'fast-check';
import { appendItem, appendMember, cut, shifted, withoutChild } from '../../../../src/agents/hooks/jsoncEdit.ts';
import { isContainer, memberOf, parseJsonc, stringsIn } from '../../../../src/agents/hooks/jsoncText.ts';

describe('settings with comments', () => {
  it('are read with their places', () => {
    const text = '\ufeff{ // a\n  "a": [1, /* b */ "x",], "b": {"c": null} }\n';
    const root = parseJsonc(text)!;
    assert.ok(isContainer(root, 'object'));
    assert.deepEqual(
      root.children.map(({ key, from, to }) => [key, text.slice(from, to)]),
      [
        ['a', '"a": [1, /* b */ "x",]'],
        ['b', '"b": {"c": null}'],
      ],
    );
    assert.deepEqual(stringsIn(root), ['x']);
  });

  for (const wrong of [
    '',
    '{',
    '{"a" 1}',
    '{"a":1 "b":2}',
    '[1 2]',
    '{,}',
    '{"a":}',
    '/*',
    '{} x',
    '['.repeat(100),
    'nul',
  ])
    it(`are not read as ${wrong.slice(0, 12)}`, () => assert.equal(parseJsonc(wrong), undefined));

  const cases: readonly (readonly [string, string])[] = [
    ['{}', '{\n  "h": {\n    "e": [\n      1\n    ]\n  }\n}'],
    ['{\n}\n', '{\n  "h": {\n    "e": [\n      1\n    ]\n  }\n}\n'],
    ['{\n\t"a": 1\n}', '{\n\t"a": 1,\n\t"h": {\n\t\t"e": [\n\t\t\t1\n\t\t]\n\t}\n}'],
    ['{"a": 1}', '{"a": 1, "h": {\n  "e": [\n    1\n  ]\n}}'],
    ['{\r\n  "h": {}\r\n}', '{\r\n  "h": {\r\n    "e": [\r\n      1\r\n    ]\r\n  }\r\n}'],
    ['{\n  "h": {\n    "e": [\n      0\n    ]\n  }\n}', '{\n  "h": {\n    "e": [\n      0,\n      1\n    ]\n  }\n}'],
    ['{\n  "h": {\n    "e": [0] // mine\n  }\n}', '{\n  "h": {\n    "e": [0, 1] // mine\n  }\n}'],
    ['{\n  "h": {"e": [\n    0, // zero\n  ]}\n}', '{\n  "h": {"e": [\n    0, // zero\n    1\n  ]}\n}'],
    ['{\n  "h": {"e": [\n    0 // zero\n  ]}\n}', '{\n  "h": {"e": [\n    0, // zero\n    1\n  ]}\n}'],
    ['{\n  "h": {"e": [ // none\n  ]}\n}', '{\n  "h": {"e": [ // none\n    1\n  ]}\n}'],
  ];
  for (const [before, after] of cases)
    it(`take an item: ${JSON.stringify(before)}`, () => {
      const { text, ranges } = appendItem(before, ['h', 'e'], 1)!;
      assert.equal(text, after);
      assert.equal(cut(text, ranges), before);
    });

  it('do not take an item where something else stands', () => {
    for (const text of ['[]', '{"h": 1}', '{"h": {"e": {}}}', '{'])
      assert.equal(appendItem(text, ['h', 'e'], 1), undefined);
  });

  it('lose a child with its comma, and nothing else', () => {
    const without = (text: string, index: number) => {
      const array = parseJsonc(text);
      assert.ok(isContainer(array, 'array'));
      return withoutChild(text, array, array.children[index]!);
    };
    assert.equal(without('[\n  1,\n  2,\n  3\n]', 1), '[\n  1,\n  3\n]');
    assert.equal(without('[\n  1, // one\n  2\n]', 1), '[\n  1 // one\n]');
    assert.equal(without('[1, 2]', 0), '[ 2]');
    assert.equal(without('[ 1 ]', 0), '[]');
    assert.equal(without('[1,]', 0), '[]');
    assert.equal(without('[ // a\n 1, 2]', 0), '[ // a\n  2]');
    assert.equal(without('[ // a\n  1\n]', 0), '[ // a\n]');
  });

  it('any number of insertions into any settings are valid, keep the rest, and are cut out to the letter', () => {
    const space = fc.constantFrom('', ' ', '\n', '\n  ', '\t', ' // c\n', ' /* c */ ', '\r\n  ');
    const { value } = fc.letrec<{ value: string }>(tie => ({
      value: fc.oneof(
        { depthSize: 'small' },
        fc.constantFrom('1', '"x"', 'null', '{}', '[]'),
        fc
          .tuple(space, fc.array(fc.tuple(space, tie('value'), space), { maxLength: 3 }), space, fc.boolean())
          .map(
            ([a, items, b, comma]) =>
              `[${a}${items.map(one => one.join('')).join(',')}${comma && items.length > 0 ? ',' : ''}${b}]`,
          ),
        fc
          .tuple(
            space,
            fc.array(fc.tuple(space, fc.constantFrom('h', 'e', 'k'), tie('value'), space), { maxLength: 3 }),
            space,
          )
          .map(
            ([a, members, b]) => `{${a}${members.map(([s, key, one, t]) => `${s}"${key}":${one}${t}`).join(',')}${b}}`,
          ),
      ),
    }));
    fc.assert(
      fc.property(value, fc.nat(), (text, nth) => {
        const root = parseJsonc(text)!;
        if (root.kind === 'value' || root.children.length === 0) return;
        const child = root.children[nth % root.children.length]!;
        const left = parseJsonc(withoutChild(text, root, child));
        assert.ok(left && left.kind !== 'value', text);
        assert.equal(left.children.length, root.children.length - 1);
      }),
    );
    const paths = fc.array(fc.constantFrom(['h', 'e'], ['k'], ['h', 'n', 'm']), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(value, paths, (before, at) => {
        let text = before;
        let ranges = appendMember(text, 'version', 1)?.ranges ?? [];
        text = appendMember(text, 'version', 1)?.text ?? text;
        for (const path of at) {
          const next = appendItem(text, path, { command: 'c' });
          if (!next) continue;
          assert.ok(parseJsonc(next.text), next.text);
          let found = parseJsonc(next.text);
          for (const key of path) found = memberOf(found, key);
          assert.deepEqual(stringsIn(found!).at(-1), 'c');
          ranges = shifted(ranges, next.ranges);
          text = next.text;
        }
        assert.equal(cut(text, ranges), before);
      }),
    );
  });
});
