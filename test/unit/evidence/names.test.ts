import assert from 'node:assert/strict';
import fc from 'fast-check';
import { memberNames, pathOf } from '../../../src/evidence/names.ts';
import { isMemberName } from '../../../src/evidence/zip.ts';

const nameOf = (path: string) => memberNames([path]).get(path);

describe('names of works in the package', () => {
  const cases: readonly (readonly [path: string, name: string])[] = [
    ['novel.md', 'novel.md'],
    ['chapters/one.md', 'chapters/one.md'],
    ['қала.md', '=D2=9B=D0=B0=D0=BB=D0=B0.md'],
    ['a b.txt', 'a=20b.txt'],
    ['a=b%.txt', 'a=3Db=25.txt'],
    ['con.txt', '=63on.txt'],
    ['lib/NUL', 'lib/=4EUL'],
    ['end.', 'end=2E'],
    ['a\\b', 'a=5Cb'],
  ];
  for (const [path, name] of cases) it(`${path} is ${name}`, () => assert.equal(nameOf(path), name));

  it('differ by more than letter case', () => {
    const names = memberNames(['readme.md', 'README.md']);
    assert.deepEqual([names.get('README.md'), names.get('readme.md')], ['README.md', '=72eadme.md']);
  });

  it('are short, and then name their path in the manifest alone', () => {
    const name = nameOf(`${'ә'.repeat(60)}.md`);
    assert.equal(name, '=/0001');
    assert.equal(pathOf(name!), undefined);
  });

  it('lead back to the path, stay apart, and open anywhere', () => {
    const part = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 12 })
      .filter(s => s.isWellFormed() && !/\/|^\.+$/.test(s));
    const path = fc.array(part, { minLength: 1, maxLength: 3 }).map(parts => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path, { minLength: 1, maxLength: 8 }), paths => {
        const names = memberNames(paths);
        assert.equal(new Set([...names.values()].map(n => n.toLowerCase())).size, paths.length);
        for (const [p, n] of names) {
          assert.ok(isMemberName(n), n);
          if (!n.startsWith('=/')) assert.equal(pathOf(n), p);
        }
      }),
    );
  });
});
