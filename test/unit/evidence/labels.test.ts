import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { reportHtml } from '../../../src/evidence/html.ts';
import { exportPackage } from '../../../src/evidence/package.ts';
import { makeReport } from '../../../src/evidence/report.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { JournalByHand, signerFrom } from '../../support/journalByHand.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../../media/schema/report.schema.json', import.meta.url), 'utf8'),
) as object;
const signer = signerFrom('author');
const by = { by: 'person' } as const;

const story = new JournalByHand('labels');
story.key(signer);
const machine = { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts' } as const;
story.baseline('a.md', 'Fog.\n');
story.baseline('b.md', 'Mist.\n');
const ranges = story.events.flatMap(event =>
  event.kind === 'baseline' ? [{ serial: event.first, length: event.finding.length }] : [],
);
story.add({ kind: 'resolution', ranges, origin: machine });
const at = { document: 1, saved: 2, form: 'markdown', ...by } as const;
const says = { level: 'parts', source: 'compositeSynthetic', wording: 'kz', language: 'ru' } as const;
story.add({ kind: 'label', act: 'written', ...at, ...says }, ['=Содержит <b>фрагменты</b>.', '{"id":"1"}']);
story.add({ kind: 'label', act: 'removed', ...at });
story.add({ kind: 'label', act: 'written', ...at, ...says, reviewed: true }, ['Проверено.', '{"id":"2"}']);
story.checkpoint(signer);

const report = makeReport([story.source()]);
const page = reportHtml(report, { language: 'en' });
const part = page.slice(page.indexOf('part-labels"'), page.indexOf('</section>', page.indexOf('part-labels"')));

describe('labels of AI use', () => {
  it('fit the published form of the report', () => {
    const valid = new Ajv({ allowUnionTypes: true }).compile(schema);
    assert.ok(valid(JSON.parse(JSON.stringify(report))), JSON.stringify(valid.errors));
  });

  it('stand by their last word in each file', () => {
    assert.deepEqual(
      report.labels.map(({ act, file, level, reviewed, standing }) => [act, file, level, reviewed, standing]),
      [
        ['written', 'a.md', 'parts', false, false],
        ['removed', 'a.md', null, null, false],
        ['written', 'a.md', 'parts', true, true],
      ],
    );
  });

  it('are told in section 13, as text, with the files that have AI text and no label', () => {
    assert.match(part, /Labels standing, by the record: 1\. Files with AI text and no label: 1\./);
    assert.match(
      part,
      /<code>compositeSynthetic<\/code>; reviewed by a human, as stated; wording for Kazakhstan; in Russian/,
    );
    assert.match(part, /<blockquote[^>]*>Проверено\.<\/blockquote>/);
    assert.match(part, /<li><bdi>b\.md<\/bdi><\/li>/);
    assert.doesNotMatch(part, /<b>фрагменты/);
  });

  it('are a table of a package, which follows from the events', () => {
    const options = { work: emptyWork, profile: 'generic', language: 'en', signer } as const;
    const { archive } = exportPackage(story.source(), options);
    const table = Buffer.from(unzip(archive).members.get('data/labels/labels.csv') ?? []).toString('utf8');
    const rows = table.split('\r\n');
    assert.equal(rows.length, 5);
    assert.match(rows[1]!, /;written;a\.md;markdown;parts;compositeSynthetic;no;kz;ru;;person;'=Содержит/);
    assert.match(rows[3]!, /;yes;kz;ru;yes;person;Проверено\.;/);
    assert.deepEqual(verifyPackage(archive).wrong, []);
  });

  it('of a work that has none: nothing is told', () => {
    const bare = new JournalByHand('bare');
    bare.key(signer);
    bare.checkpoint(signer);
    assert.deepEqual(makeReport([bare.source()]).labels, []);
  });
});
