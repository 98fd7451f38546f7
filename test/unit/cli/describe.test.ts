import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { WorkDocument } from '../../../src/cli/describe.ts';
import { Recorded } from './recorded.ts';

const schemas = new URL('../../../media/schema/', import.meta.url);
const schema = (name: string) => JSON.parse(readFileSync(new URL(`${name}.schema.json`, schemas), 'utf8'));
const fits = new Ajv({ strict: true, schemas: [schema('holograph')] }).compile(schema('work'));

describe('holograph work', () => {
  let novel: Recorded;
  before(async () => {
    novel = await Recorded.novel();
  });
  after(() => novel.remove());

  const described = async (json: unknown, ...argv: string[]) => {
    writeFileSync(novel.path('holograph.json'), JSON.stringify(json));
    const { code, out } = await novel.run('work', '--json', ...argv);
    const document = JSON.parse(out) as WorkDocument;
    assert.ok(fits(document), JSON.stringify(fits.errors));
    return { code, ...document };
  };

  it('tells what is empty for whom, and beside it what the record shows', async () => {
    await novel.json('exhibit', 'add', 'ch1.md', '--shows', 'The first chapter');
    const { code, empty, recorded } = await described({ title: { ru: 'Роман' } }, '--profile', 'kz-prompt');
    assert.equal(code, 1);
    assert.deepEqual(empty.slice(0, 4), ['kind', 'authors', 'languages', 'title.kk']);
    assert.deepEqual(
      recorded.tools.map(({ agent, models }) => [agent, models]),
      [['claude-code', ['anthropic/claude-opus-5']]],
    );
    assert.deepEqual(recorded.files, ['ch1.md', 'ch2.md']);
    assert.deepEqual(recorded.exhibits, [{ name: 'EX-01', file: 'ch1.md', shows: 'The first chapter' }]);
    assert.match(recorded.period.firstTyped ?? '', /^\d{4}-/);
  });

  it('says so where nothing is', async () => {
    const full = { title: 'Роман', kind: 'literary', authors: ['А.'], languages: ['ru'] };
    const { code, empty, problems } = await described(full);
    assert.deepEqual([code, empty, problems], [0, [], []]);
    assert.match((await novel.run('work')).out, /No field/);
  });

  it('names fields and what is wrong with them in the person’s language', async () => {
    writeFileSync(novel.path('holograph.json'), JSON.stringify({ tools: [{ vendor: 'V' }], created: { to: 'май' } }));
    const { code, out } = await novel.run('work', '--language', 'ru', '--profile', 'us');
    assert.equal(code, 1);
    assert.match(out, /Системы ИИ и их условия 1: Продукт: Без этого весь пункт не учитывается/);
    assert.match(out, /Завершено: Здесь должна быть дата/);
    assert.match(out, /^ {2}Авторы$/m);
    assert.equal((await novel.run('work', '--profile', 'mars')).code, 2);
  });
});
