import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { type Field, type Form, workForm } from '../../../src/evidence/work/form.ts';
import { profiles } from '../../../src/evidence/work/lists.ts';
import { emptyFields } from '../../../src/evidence/work/needs.ts';
import { workProblems } from '../../../src/evidence/work/reading.ts';
import { choiceName, fieldName, problemName } from '../../../src/evidence/work/words.ts';
import { emptyWork, readWork, type WorkDescription } from '../../../src/evidence/work.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../../media/schema/holograph.schema.json', import.meta.url), 'utf8'),
);
const fits = new Ajv().compile(schema);
const read = (json: unknown) => readWork(JSON.stringify(json));
const wrongIn = (json: unknown) => read(json).problems.map(({ field, what }) => `${field} ${what}`);

/** A work of which every field is filled in. */
const full: WorkDescription = {
  work: 'w1',
  title: { en: 'The Steppe', ru: 'Степь', kk: 'Дала', und: 'Steppe' },
  subtitle: { en: 'A journey' },
  kind: 'composite',
  profile: 'us',
  authors: [
    { name: 'A. B.', role: 'text', part: 'chapters 1 to 3' },
    { name: 'C. D.', role: 'maps' },
  ],
  coauthorship: 'joint',
  created: { from: '2025', to: '2026-11-20' },
  place: 'Almaty',
  languages: ['kk', 'ru'],
  files: ['one.md', 'two'],
  publication: { status: 'published', on: '2026-11', where: 'https://example.org' },
  thirdParty: [{ what: 'map', owner: 'E. F.', licence: 'CC BY 4.0', where: 'p. 3', agreement: 'EX-02' }],
  tools: [
    {
      product: 'Claude',
      vendor: 'Anthropic',
      terms: 'Terms',
      version: '3',
      date: '2026-01',
      address: 'https://example.org',
    },
  ],
  reviews: [{ name: 'G. H.', role: 'editor', contact: 'g@h', on: '2026-11-21', scope: 'all', approved: 'yes' }],
  editor: { name: 'G. H.', role: 'chief editor', contact: 'g@h' },
  program: {
    purpose: 'to count',
    field: 'prose',
    functions: 'counts',
    characteristics: '1 kB',
    languages: 'TypeScript',
    computer: 'any',
  },
  constituents: [
    { what: 'poem', source: 'licensed', owner: 'E. F.', licence: 'by agreement', claim: 'none', agreement: 'EX-01' },
  ],
  plan: 'First the poem,\nthen the map.',
  statement: 'I wrote it.',
};

describe('holograph.json', () => {
  it('that is absent gives empty fields, and says so', () => {
    assert.deepEqual(readWork(undefined), { work: emptyWork, problems: [] });
    assert.deepEqual(emptyFields(emptyWork), ['title', 'kind', 'authors', 'languages']);
  });

  it('is read as people write it', () => {
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
    assert.deepEqual(emptyFields(work, 'generic'), ['coauthorship']);
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
    [{ created: { from: 'May' } }, '/created/from notDay'],
    [{ tools: [{ vendor: 'V' }] }, '/tools/0/product missing'],
    [{ thirdParty: [{ what: 'map', agreement: 'letter' }] }, '/thirdParty/0/agreement notExhibit'],
    [{ reviews: [{ name: 'E.', approved: true }] }, '/reviews/0/approved notText'],
    [{ program: { cost: 'x' } }, '/program/cost unknownField'],
    [{ authors: ['A.', { name: 'B.', iin: '1' }] }, '/authors/1/iin unknownField'],
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
    assert.deepEqual(wrongIn({ created: { to: '2026-02-30' } }), ['/created/to notDay']);
  });

  it('is, field for field, what its schema says', () => {
    const { $schema: _, review: _policy, ...properties } = schema.properties;
    demandSame(properties, workForm, '');
  });

  it('with every field is read as it stands', () => {
    assert.ok(fits(full), JSON.stringify(fits.errors));
    assert.deepEqual(read(full), { work: full, problems: [] });
  });

  it('tells an empty list, which says that there are none, from an absent one', () => {
    assert.deepEqual(read({ tools: [], thirdParty: [] }).work, { ...emptyWork, tools: [], thirdParty: [] });
    assert.equal(read({ tools: [{}] }).work.tools, undefined);
  });
});

describe('empty fields', () => {
  const described: WorkDescription = { ...emptyWork, title: { ru: 'Степь', kk: 'Дала' }, kind: 'literary' };
  const cases: readonly (readonly [string, WorkDescription, (typeof profiles)[number], readonly string[]])[] = [
    ['of nothing', emptyWork, 'generic', ['title', 'kind', 'authors', 'languages']],
    [
      'of a work for the register',
      described,
      'kz-contribution',
      ['authors', 'languages', 'created', 'place', 'tools', 'thirdParty', 'statement'],
    ],
    [
      'of a program',
      { ...full, program: { purpose: 'to count', computer: 'any' } },
      'kz-program',
      ['program.field', 'program.functions', 'program.characteristics', 'program.languages'],
    ],
    ['of none used', { ...full, tools: [], thirdParty: [], reviews: [] }, 'us', []],
    ['of one title', { ...full, title: { en: 'Steppe' } }, 'kz-prompt', ['title.ru', 'title.kk']],
    ['of a separate authorship', { ...full, coauthorship: 'separate' }, 'us', ['authors.1.part']],
    [
      'of a published work',
      { ...full, publication: { status: 'published' } },
      'us',
      ['publication.on', 'publication.where'],
    ],
    ['of a tool', { ...full, tools: [{ product: 'ChatGPT' }] }, 'us', ['tools.0.vendor', 'tools.0.terms']],
    [
      'of a review',
      { ...full, reviews: [{ name: 'E.' }], editor: {} },
      'us',
      ['reviews.0.on', 'reviews.0.scope', 'reviews.0.approved', 'editor.name'],
    ],
  ];
  for (const [what, work, profile, empty] of cases)
    it(`${what}, ${profile}: ${empty.join(', ') || 'none'}`, () => assert.deepEqual(emptyFields(work, profile), empty));

  it('there are none of a work that is described in full, whoever reads', () => {
    for (const profile of profiles) assert.deepEqual(emptyFields(full, profile), [], profile);
  });
});

describe('names of fields', () => {
  const namesIn = (form: Form, at: string): string[] =>
    Object.entries(form).flatMap(([name, field]) => {
      const path = at === '' ? name : `${at}.${name}`;
      return 'of' in field && !Array.isArray(field.of) ? [path, ...namesIn(field.of as Form, path)] : [path];
    });
  const asked = namesIn(workForm, '').filter(name => name !== 'work');

  it('there are, of all that people are asked', () => {
    for (const name of [...asked, 'title.kk', 'subtitle.und']) {
      const named = fieldName(name, 'kk');
      assert.notEqual(named, name);
      assert.notEqual(named, fieldName(name, 'en'), name);
    }
  });

  it('and words for every choice and every problem', () => {
    const choices = (form: Form, at: string): (readonly [string, string])[] =>
      Object.entries(form).flatMap(([name, field]) => {
        const path = at === '' ? name : `${at}.${name}`;
        if (field.is === 'choice') return field.of.map(value => [path, value] as const);
        return field.is === 'group' || field.is === 'list' ? choices(field.of, path) : [];
      });
    // Those of the profile are the surface's own.
    for (const [path, value] of choices(workForm, '').filter(([name]) => name !== 'profile'))
      assert.notEqual(choiceName(path, value, 'ru'), value, `${path} ${value}`);
    for (const what of workProblems) assert.notEqual(problemName(what, 'kk'), what);
  });

  const cases: readonly (readonly [string, string])[] = [
    ['tools.0.vendor', 'AI tools and their terms 1: Vendor'],
    ['/thirdParty/2', 'Parts that belong to others 3'],
    ['/created/from', 'Begun'],
    ['/titel', 'titel'],
  ];
  for (const [field, name] of cases) it(`${field}: ${name}`, () => assert.equal(fieldName(field, 'en'), name));
});

interface Schema {
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}

function demandSame(schemas: Readonly<Record<string, Schema>>, form: Form, at: string): void {
  assert.deepEqual(Object.keys(schemas).sort(), Object.keys(form).sort(), at);
  for (const [name, field] of Object.entries(form)) demandField(schemas[name]!, field, `${at}/${name}`);
}

function demandField(of: Schema, field: Field, at: string): void {
  if (field.is === 'choice') assert.deepEqual(of.enum, field.of, at);
  if (field.is === 'group') demandSame(of.properties ?? {}, field.of, at);
  if (field.is !== 'list') return;
  const item = of.items?.oneOf?.[1] ?? of.items ?? {};
  assert.deepEqual(item.required, [field.main], at);
  demandSame(item.properties ?? {}, field.of, at);
}
