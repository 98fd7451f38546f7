import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { LabelsDocument } from '../../../src/cli/label.ts';
import type { Report } from '../../../src/evidence/report.ts';
import { standsSince } from '../../../src/evidence/restrictions.ts';
import type { SpansDocument } from '../../../src/evidence/spans.ts';
import { Catalogue } from '../../../src/journal/catalogue.ts';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { openJournal } from '../../../src/journal/reader.ts';
import { Recorded } from './recorded.ts';

const schema = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../media/schema/${name}.schema.json`, import.meta.url), 'utf8'));
const ajv = new Ajv({ strict: true, allowUnionTypes: true });
const [label, labels] = [ajv.compile(schema('label')), ajv.compile(schema('labels'))];

describe('holograph label', () => {
  let novel: Recorded;
  let before: string;
  beforeEach(async () => {
    novel = await Recorded.novel();
    before = read('ch1.md');
  });
  afterEach(() => novel.remove());

  const read = (name: string) => readFileSync(novel.path(name), 'utf8');
  const entry = async (...argv: string[]) => {
    const document = await novel.json<LabelsDocument>('label', 'ch1.md', ...argv);
    assert.ok(labels(document), JSON.stringify(labels.errors));
    return document.files[0]!;
  };
  const check = async () => (await novel.run('label', '--check')).out;
  const journal = <T>(use: (reader: ReturnType<typeof openJournal>) => T): T => {
    const catalogue = Catalogue.open(novel.home);
    const reader = openJournal(catalogue.find(novel.folder)!.file);
    catalogue.close();
    try {
      return use(reader);
    } finally {
      reader.close();
    }
  };
  const events = (kind: JournalEvent['kind']) => journal(reader => [...reader.events()].filter(e => e.kind === kind));

  it('writes both halves at once, and the event that says so', async () => {
    const done = await entry();
    assert.deepEqual(
      [done.did, done.form, done.facts.tools.map(({ name }) => name)],
      ['written', 'markdown', ['Claude Code']],
    );
    assert.ok(label(done.label), JSON.stringify(label.errors));
    assert.match(
      read('ch1.md'),
      /^---\n# holograph:label 0\.2 ---\ndigitalSourceType: http.*\n[\s\S]*\nContains parts/,
    );
    const [event] = events('label');
    assert.deepEqual(JSON.parse(event!.texts![1]!), done.label);
    assert.equal(event!.texts![0], done.label!.notice);
    assert.match(await check(), /agree/);
  });

  it('is in the record as a tool’s, no character of it as typed', async () => {
    const kinds = async () => {
      const { spans, current } = await novel.json<SpansDocument>('spans', 'ch1.md');
      assert.equal(current, true);
      const sum: Record<string, number> = {};
      for (const { kind, from, to } of spans) sum[kind] = (sum[kind] ?? 0) + to - from;
      return sum;
    };
    const bare = await kinds();
    const { changes } = await entry();
    const put = changes.reduce((n, { insert }) => n + insert.length, 0);
    assert.deepEqual(await kinds(), { ...bare, 'tool.snippet': put });
    assert.deepEqual(
      journal(reader => reader.verify().wrong),
      [],
    );
  });

  it('stands once, however often it is written', async () => {
    await entry();
    const [text, size] = [read('ch1.md'), journal(({ size }) => size)];
    assert.equal((await entry()).did, 'unchanged');
    assert.deepEqual([read('ch1.md'), journal(({ size }) => size)], [text, size]);
  });

  it('is taken out to the letter', async () => {
    await entry();
    assert.equal((await entry('--remove')).did, 'removed');
    assert.equal(read('ch1.md'), before);
    assert.deepEqual(
      events('label').map(event => event.kind === 'label' && event.act),
      ['written', 'removed'],
    );
  });

  it('only says what it would write', async () => {
    const size = journal(({ size }) => size);
    assert.equal((await entry('--dry-run')).did, 'written');
    assert.deepEqual([read('ch1.md'), journal(({ size }) => size)], [before, size]);
  });

  it('leaves alone what has no AI text', async () => {
    const { files } = await novel.json<LabelsDocument>('label');
    assert.deepEqual(
      files.map(({ file, did }) => `${file} ${did}`),
      ['ch1.md written', 'ch2.md none'],
    );
  });

  it('looks at the work’s files, where its description names them, and at what is labelled', async () => {
    const described = JSON.parse(read('holograph.json')) as object;
    const files = async () => (await novel.json<LabelsDocument>('label', '--dry-run')).files.map(({ file }) => file);
    writeFileSync(novel.path('holograph.json'), JSON.stringify({ ...described, files: ['ch2.md'] }));
    assert.deepEqual(await files(), ['ch2.md']);
    await entry();
    assert.deepEqual(await files(), ['ch1.md', 'ch2.md']);
  });

  it('says no less than the record, and more where the author does', async () => {
    const { least } = await entry('--dry-run');
    assert.equal(least, 'parts');
    assert.match((await novel.run('label', 'ch1.md', '--level', 'edited')).out, /less of AI/);
    assert.equal(read('ch1.md'), before);
    const more = await entry('--level', 'generated', '--reviewed', '--in', 'kk', '--wording', 'kz');
    assert.match(more.label!.notice, /^Пайдаланушыларға .*Адам тексерген: A\. Author\.$/);
    assert.match(more.label!.digitalSourceType, /compositeSynthetic$/);
    // What was chosen stays chosen.
    assert.equal((await entry()).did, 'unchanged');
    assert.equal((await entry('--unreviewed')).did, 'changed');
  });

  it('gives a commit its trailer', async () => {
    const { out } = await novel.run('label', '--trailer');
    assert.match(out, /^Assisted-by: Claude Code(:[\w.-]+)?\n$/);
  });

  const wrong: readonly (readonly [string, (text: string) => string, RegExp])[] = [
    ['the notice gone', text => text.replace(/\n<!-- holograph:notice[\s\S]*$/, ''), /notice for people is missing/],
    ['the mark gone', text => text.replace(/^---\n[\s\S]*?\n---\n\n/, ''), /mark for machines is missing/],
    [
      'a mark that says human',
      text => text.replace(/digitalsourcetype\/\w+/, 'digitalsourcetype/digitalCreation'),
      /digitalCreation/,
    ],
    ['a mark without the tool', text => text.replace('Claude Code', 'A tool'), /Claude Code/],
    ['another notice', text => text.replace(/(An AI system|Contains)/, 'No AI. $1'), /not what was written/],
  ];
  for (const [what, change, says] of wrong) {
    it(`is checked: ${what}`, async () => {
      await entry();
      const text = change(read('ch1.md'));
      assert.notEqual(text, read('ch1.md'));
      await novel.written('ch1.md', text);
      const { code, out } = await novel.run('label', '--check');
      assert.equal(code, 1);
      assert.match(out, says);
      await entry();
      assert.equal((await novel.run('label', '--check')).code, 0);
    });
  }

  it('is checked: none there, and a text that the record does not have', async () => {
    const none = await novel.run('label', '--check');
    assert.deepEqual([none.code, /ch1\.md: there is AI text/.test(none.out)], [1, true]);
    writeFileSync(novel.path('ch1.md'), `${before}More.`);
    assert.match(await check(), /does not have the text/);
    const { code, out } = await novel.run('label', 'ch1.md');
    assert.deepEqual([code, /not labelled: the record/.test(out), read('ch1.md')], [1, true, `${before}More.`]);
  });

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['another level', ['--level', 'human'], /edited, parts, generated/],
    ['another wording', ['--wording', 'us'], /generic, eu, kz/],
    ['a file that is not on record', ['none.md'], /none\.md/],
  ];
  for (const [what, argv, says] of refused) {
    it(`refuses ${what} in one line`, async () => {
      const { code, out, err } = await novel.run('label', ...argv);
      assert.deepEqual([code, out, err.trim().split('\n').length], [2, '', 1]);
      assert.match(err, says);
    });
  }

  it('takes out nothing that a person or an AI wrote, be it between the marks of a label, and counts it', async () => {
    const text = `<!-- holograph:notice 0.0 -->\n${before}<!-- /holograph:notice -->\n`;
    await novel.written('ch1.md', text);
    for (const argv of [['--remove'], ['--level', 'generated']]) {
      const { code, out } = await novel.run('label', 'ch1.md', ...argv);
      assert.deepEqual([code, /Move it out/.test(out), read('ch1.md')], [1, true, text]);
    }
    assert.match(await check(), /mark for machines is missing/);
  });

  it('speaks of a review only as long as nothing but a person’s text has come since', async () => {
    assert.equal((await entry('--reviewed')).label!.reviewed, true);
    await novel.written('ch1.md', read('ch1.md').replace('By an agent.', 'By an agent. And by nobody knows whom.'));
    assert.match(await check(), /would say something else now/);
    assert.equal((await entry()).label!.reviewed, false);
    assert.equal((await entry('--reviewed')).label!.reviewed, true);
    assert.equal((await entry()).did, 'unchanged');
  });

  it('writes nothing where a link, a folder or another’s text lies beside, nor any of them where one was changed', async () => {
    await novel.written('poem.txt', 'Fog.\n');
    symlinkSync(novel.path('..', 'far.json'), novel.path('poem.txt.label.json'));
    await novel.run('label', 'poem.txt', '--level', 'parts');
    assert.equal(existsSync(novel.path('..', 'far.json')), false);
    await novel.written('ode.txt', 'Fog.\n');
    mkdirSync(novel.path('ode.txt.label.json'));
    assert.equal((await novel.run('label', 'ode.txt', '--level', 'parts')).code, 0);
  });

  it('stands in the report, and a reservation with it, only as long as the recorded text has it', async () => {
    const standing = async () => {
      const { labels: all, restrictions } = await novel.json<Report>('report');
      return [...all, ...restrictions].map(one => one.standing);
    };
    await entry();
    await novel.run('reserve', 'ch1.md');
    assert.deepEqual(await standing(), [true, true]);
    await novel.written('ch1.md', `${read('ch1.md')}More.\n`);
    assert.deepEqual(await standing(), [true, true]);
    await novel.written('ch1.md', before);
    assert.deepEqual(await standing(), [false, false]);
    await novel.run('reserve', 'ch1.md');
    const { restrictions } = await novel.json<Report>('report');
    assert.equal(standsSince(restrictions[1]!, restrictions), restrictions[1]!.at);
    assert.notEqual(restrictions[1]!.event, restrictions[0]!.event);
  });

  it('has no file beside a text that carries both halves', async () => {
    await entry();
    assert.equal(existsSync(novel.path('ch1.md.label.json')), false);
  });

  const beside: readonly (readonly [string, string])[] = [
    ['poem.txt', 'Fog.\n'],
    ['run.py', '#!/usr/bin/python\nx = 1\n'],
    ['data.json', '{}\n'],
    ['book.tex', 'Fog.'],
  ];
  for (const [name, text] of beside) {
    it(`has a file beside ${name}, recorded as a tool’s, gone when the label is`, async () => {
      await novel.written(name, text);
      const { files } = await novel.json<LabelsDocument>('label', name, '--level', 'parts');
      const stands = JSON.parse(read(`${name}.label.json`));
      assert.ok(label(stands));
      assert.deepEqual(stands, files[0]!.label);
      const { tally, current } = await novel.json<SpansDocument>('spans', `${name}.label.json`);
      assert.deepEqual([Object.keys(tally.kinds), current], [['tool.snippet'], true]);
      assert.equal((await novel.run('label', '--check', name)).code, 0);
      assert.equal((await novel.json<LabelsDocument>('label', name)).files[0]!.did, 'unchanged');
      await novel.run('label', name, '--remove');
      assert.deepEqual([read(name), existsSync(novel.path(`${name}.label.json`))], [text, false]);
      assert.deepEqual(
        journal(reader => reader.verify().wrong),
        [],
      );
    });
  }

  it('leaves a file beside that is somebody else’s', async () => {
    await novel.written('poem.txt', 'Fog.\n');
    writeFileSync(novel.path('poem.txt.label.json'), '{"mine": 1}');
    await novel.run('label', 'poem.txt', '--level', 'parts');
    await novel.run('label', 'poem.txt', '--remove');
    assert.deepEqual([read('poem.txt'), read('poem.txt.label.json')], ['Fog.\n', '{"mine": 1}']);
  });
});
