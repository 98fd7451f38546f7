import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { reportHtml } from '../../../src/evidence/html.ts';
import { openSince } from '../../../src/evidence/notices.ts';
import { exportPackage } from '../../../src/evidence/package.ts';
import { makeReport } from '../../../src/evidence/report.ts';
import { standsSince } from '../../../src/evidence/restrictions.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { JournalByHand, signerFrom } from '../../support/journalByHand.ts';

const schema = JSON.parse(
  readFileSync(new URL('../../../media/schema/report.schema.json', import.meta.url), 'utf8'),
) as object;
const by = { by: 'person' } as const;
const digest = 'ab'.repeat(32);
const signer = signerFrom('author');

const story = new JournalByHand('rights');
story.key(signer);
story.baseline('a.md', 'Fog.\n');
const set = { kind: 'restriction', form: 'header', ...by } as const;
story.add({ ...set, act: 'set', fileDigest: digest }, ['a.md', 'AI-Training: notAllowed\n=1+1']);
story.add({ ...set, act: 'changed', fileDigest: digest }, ['a.md', '<b>AI-Training: notAllowed']);
story.add({ ...set, form: 'rsl', act: 'set', fileDigest: digest, created: true }, ['site/license.xml', 'ai-train']);
story.add({ kind: 'exhibit', what: 'other', fileDigest: digest, size: 1, ...by }, ['the page as fetched', 'p.html']);
const shown = { dated: '2026-11', exhibit: story.events.length - 1 };
story.add({ ...set, form: 'rsl', act: 'published', ...shown }, ['site/license.xml', 'https://a.example/license.xml']);
story.add({ ...set, form: 'rsl', act: 'removed' }, ['site/license.xml', '']);
const drawn = story.events.length;
story.add({ kind: 'notice', act: 'drawn', ...by }, [
  'Host <LLP>',
  'abuse@a.example',
  'https://a.example/1\nhttps://a.example/2',
  'Remove it.',
  'export 61d3',
  '',
]);
story.add(
  { kind: 'notice', act: 'sent', notice: drawn, channel: 'email', dated: '2026-11-20', due: '2026-11-30', ...by },
  ['Host', ''],
);
story.add({ kind: 'notice', act: 'drawn', ...by }, ['Other', '', '', '', '', '']);
const other = story.events.length - 1;
story.add({ kind: 'notice', act: 'sent', notice: other, due: '2026-11-25', ...by }, ['', '']);
story.add({ kind: 'notice', act: 'answered', notice: other, outcome: 'refused', ...by }, ['', '@SUM(1)']);
story.checkpoint(signer);

const report = makeReport([story.source()]);
const page = reportHtml(report, { language: 'en' });
const section = (name: string) =>
  page.slice(page.indexOf(`part-${name}"`), page.indexOf('</section>', page.indexOf(`part-${name}"`)));

describe('acts on the rights in a work', () => {
  it('fit the published form of the report', () => {
    const valid = new Ajv().compile(schema);
    assert.ok(valid(JSON.parse(JSON.stringify(report))), JSON.stringify(valid.errors));
  });

  it('stand by their last word in each place', () => {
    assert.deepEqual(
      report.restrictions.map(({ act, place, standing, exhibit, address }) => [act, place, standing, exhibit, address]),
      [
        ['set', 'a.md', false, null, null],
        ['changed', 'a.md', true, null, null],
        ['set', 'site/license.xml', false, null, null],
        ['published', 'site/license.xml', false, 'EX-01', 'https://a.example/license.xml'],
        ['removed', 'site/license.xml', false, null, null],
      ],
    );
  });

  it('have stood since they were first set', () => {
    const changed = report.restrictions.find(({ standing }) => standing)!;
    assert.equal(changed.act, 'changed');
    const [set] = report.restrictions;
    assert.equal(standsSince({ ...changed, at: 'later' }, [set!, { ...changed, at: 'later' }]), set?.at);
  });

  it('notices have their log, and are open until they are answered', () => {
    assert.deepEqual(
      report.notices.map(one => [one.name, one.addresses.length, one.acts.map(({ act }) => act), openSince(one)]),
      [
        ['N-01', 2, ['sent'], '2026-11-30'],
        ['N-02', 0, ['sent', 'answered'], null],
      ],
    );
  });

  it('are told in sections 14 and 15, as text', () => {
    const [restrictions, notices] = [section('restrictions'), section('notices')];
    assert.match(restrictions, /Standing, by the record: 1\./);
    assert.match(restrictions, /&lt;b&gt;AI-Training: notAllowed/);
    assert.match(
      restrictions,
      /published, as stated<br><small><bdi>https:\/\/a\.example\/license\.xml<\/bdi>; 2026-11; EX-01/,
    );
    assert.match(notices, /Notices drawn: 2; sent, as stated: 2; answered, as stated: 1\./);
    assert.match(notices, /proposed law.*It is not in force/);
    assert.match(notices, /Host &lt;LLP&gt;/);
    assert.match(notices, /<span class="empty">Not given<\/span>/);
  });

  it('are tables of a package, which follow from the events', () => {
    const options = { work: emptyWork, profile: 'generic', language: 'en', signer } as const;
    const { archive } = exportPackage(story.source(), options);
    const { members } = unzip(archive);
    const rows = (name: string) =>
      Buffer.from(members.get(name) ?? [])
        .toString('utf8')
        .split('\r\n');
    assert.equal(rows('data/restrictions/history.csv').length, 7);
    assert.match(
      rows('data/restrictions/history.csv')[1]!,
      /;header;set;a\.md;;ab.*;person;AI-Training: notAllowed =1\+1$/,
    );
    assert.match(rows('data/notices/dispatch.csv')[5]!, /^N-02;.*;answered;;;;refused;;;;;;'@SUM\(1\)$/);
    assert.match(
      rows('data/notices/N-01.txt')[0]!,
      /^Notice to a service provider\n=+\n\nProposed law\.[\s\S]*Host <LLP>[\s\S]*Предлагаемая норма\./,
    );
    assert.deepEqual(verifyPackage(archive).wrong, []);
  });

  it('of a work where there are none: nothing is told', () => {
    const bare = new JournalByHand('bare');
    bare.key(signer);
    bare.checkpoint(signer);
    const none = makeReport([bare.source()]);
    assert.deepEqual([none.restrictions, none.notices], [[], []]);
  });
});
