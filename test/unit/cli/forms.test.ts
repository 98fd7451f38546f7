import assert from 'node:assert/strict';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { FormsDocument } from '../../../src/cli/forms.ts';
import { Recorded } from './recorded.ts';

const schema = new URL('../../../media/schema/forms.schema.json', import.meta.url);
const fits = new Ajv({ strict: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));

describe('holograph forms', () => {
  let novel: Recorded;
  before(async () => {
    novel = await Recorded.novel();
  });
  after(() => novel.remove());
  afterEach(() => rmSync(novel.path('..', 'Novel-forms'), { recursive: true, force: true }));

  it('writes the profile’s forms beside the folder, and says which', async () => {
    const document = await novel.json<FormsDocument>('forms', '--profile', 'us', '--language', 'kk');
    assert.ok(fits(document), JSON.stringify(fits.errors));
    assert.equal(document.folder, novel.path('..', 'Novel-forms'));
    const files = document.forms.flatMap(form => form.files);
    assert.deepEqual(readdirSync(document.folder).sort(), [...files].sort());
    assert.ok(files.includes('us-application.txt'));
    assert.deepEqual([document.profile, document.language], ['us', 'kk']);
    assert.ok(document.emptyFields.includes('created'));
    assert.equal(document.forms.find(({ name }) => name === 'cover-kk')?.title, 'Титул парағы');
  });

  it('writes over none that is there, since a person may have completed it', async () => {
    const folder = novel.path('..', 'Novel-forms');
    assert.equal((await novel.run('forms')).code, 0);
    for (const file of readdirSync(folder)) if (file !== 'declaration.docx') rmSync(join(folder, file));
    writeFileSync(join(folder, 'declaration.docx'), 'signed');
    const { code, err } = await novel.run('forms');
    assert.equal(code, 2);
    assert.match(err, /declaration\.docx is there already/);
    assert.deepEqual(readdirSync(folder), ['declaration.docx']);
  });

  it('takes the work’s own profile, and names what is empty in the person’s language', async () => {
    writeFileSync(novel.path('holograph.json'), JSON.stringify({ title: 'Роман', profile: 'kz-program' }));
    const { code, out } = await novel.run('forms', '--language', 'ru');
    assert.equal(code, 0);
    assert.match(out, /Реферат программы для ЭВМ: abstract-program\.docx, abstract-program\.pdf/);
    assert.match(out, /Назначение/);
  });

  it('says in one line why it cannot', async () => {
    for (const argv of [['--profile', 'mars'], ['a', 'b'], [novel.path('ch1.md')]]) {
      const { code, err } = await novel.run('forms', ...argv);
      assert.deepEqual([code, err.trim().split('\n').length], [2, 1], argv.join(' '));
    }
  });
});
