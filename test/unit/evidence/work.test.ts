import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { emptyFields, emptyWork, profiles, readWork, workKinds } from '../../../src/evidence/work.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../../media/schema/holograph.schema.json', import.meta.url), 'utf8'),
);
const fits = new Ajv().compile(schema);
const read = (json: unknown) => readWork(JSON.stringify(json));
const wrongIn = (json: unknown) => read(json).problems.map(({ field, what }) => `${field} ${what}`);

describe('holograph.json', () => {
  it('that is absent gives empty fields, and says so', () => {
    assert.deepEqual(readWork(undefined), { work: emptyWork, problems: [] });
    assert.deepEqual(emptyFields(emptyWork), ['title', 'kind', 'authors', 'languages']);
  });

  it('is read in full', () => {
    const json = {
      $schema: 'holograph.schema.json',
      work: 'w1',
      title: { en: 'The Steppe', kk: 'Дала' },
      kind: 'literary',
      authors: [{ name: 'A. B.', role: 'text' }, 'C. D.'],
      languages: ['kk'],
      files: ['one.md', 'two/three.md'],
      profile: 'kz-contribution',
    };
    const { work, problems } = read(json);
    assert.ok(fits(json));
    assert.deepEqual(problems, []);
    assert.deepEqual(work.authors, [{ name: 'A. B.', role: 'text' }, { name: 'C. D.' }]);
    assert.deepEqual(emptyFields(work), []);
    assert.deepEqual(read({ title: 'Untold' }).work.title, { und: 'Untold' });
  });

  const wrong: readonly (readonly [json: unknown, problem: string])[] = [
    [[], ' notObject'],
    [{ titel: 'x' }, '/titel unknownField'],
    [{ title: 4 }, '/title notText'],
    [{ title: { de: 'x' } }, '/title/de unknownField'],
    [{ kind: 'poem of the year' }, '/kind notAllowed'],
    [{ authors: 'me' }, '/authors notList'],
    [{ authors: [{ name: 1 }] }, '/authors/0/name notText'],
    [{ files: ['/etc/passwd'] }, '/files/0 notRelative'],
    [{ files: ['C:\\a'] }, '/files/0 notRelative'],
    [{ profile: 'mars' }, '/profile notAllowed'],
  ];
  for (const [json, problem] of wrong) {
    it(`${JSON.stringify(json)}: ${problem}, in the schema too`, () => {
      assert.deepEqual(wrongIn(json), [problem]);
      assert.ok(!fits(json));
    });
  }

  it('names what it cannot read', () => {
    assert.deepEqual(readWork('{').problems, [{ field: '', what: 'notJson' }]);
    assert.deepEqual(wrongIn({ files: ['a/../b', 'a', 'a'] }), ['/files/0 notRelative', '/files/2 repeated']);
  });

  it('has the same kinds and profiles as its schema', () => {
    assert.deepEqual(schema.properties.kind.enum, workKinds);
    assert.deepEqual(schema.properties.profile.enum, profiles);
  });
});
