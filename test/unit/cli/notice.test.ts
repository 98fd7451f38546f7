import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Ajv } from 'ajv';
import type { NoticesDocument } from '../../../src/cli/notice.ts';
import type { OriginsDocument } from '../../../src/cli/origins.ts';
import type { ScheduleDocument } from '../../../src/cli/schedule.ts';
import { Recorded } from './recorded.ts';

const schema = (name: string) =>
  new Ajv({ strict: true }).compile(
    JSON.parse(readFileSync(new URL(`../../../media/schema/${name}.schema.json`, import.meta.url), 'utf8')),
  );
const [valid, validSchedule, validOrigins] = [schema('notices'), schema('schedule'), schema('origins')];

describe('notices and schedules', () => {
  let novel: Recorded;
  before(async () => {
    novel = await Recorded.novel();
  });
  after(() => novel.remove());

  const notice = async (...argv: string[]): Promise<NoticesDocument> => {
    const document = await novel.json<NoticesDocument>('notice', ...argv);
    assert.ok(valid(document), JSON.stringify(valid.errors));
    return document;
  };
  const text = (file = '') => readFileSync(file, 'utf8');

  it('a notice is drawn, and says on its face that it follows a proposed law', async () => {
    assert.match((await novel.run('notice')).out, /^No notices are on record\.$/m);
    const argv = ['new', '--provider', 'A host', '--address', 'https://a.example/copy', '--address', '192.0.2.1/x'];
    const { notices, files } = await notice(...argv, '--out', 'papers');
    const [one] = notices;
    assert.deepEqual([one?.name, one?.provider, one?.addresses.length, one?.asked], ['N-01', 'A host', 2, '']);
    assert.match(one?.proof ?? '', /^[0-9a-f-]{36}, \d+, [0-9a-f]{64}$/);
    assert.deepEqual(
      files.map(file => basename(file)),
      ['notice-n-01.docx', 'notice-n-01.pdf', 'notice-n-01.txt'],
    );
    const said = text(files[2]);
    assert.match(said, /^Notice to a service provider\n=+\n\nProposed law\. .*Article 970-1.*It is not in force/);
    assert.match(said, /Предлагаемая норма\./);
    assert.match(said, /- https:\/\/a\.example\/copy\n- 192\.0\.2\.1\/x/);
    assert.match(said, /A\. Author/);
    assert.match(said, /\[ \] I have not permitted this use\./);
    assert.match(said, /Contact of the provider:\n\[not given\]/);
    assert.equal(readFileSync(files[1]!).subarray(0, 5).toString(), '%PDF-');
  });

  it('its sending and its answer are on record, with the receipt as an exhibit', async () => {
    writeFileSync(novel.path('receipt.txt'), '250 OK');
    const sent = await notice(
      'sent',
      'n-01',
      '--channel',
      'email',
      '--date',
      '2026-11-20',
      '--due',
      '2000-01-01',
      '--receipt',
      'receipt.txt',
    );
    assert.deepEqual(
      sent.notices.map(({ open, acts }) => [
        open,
        acts.map(({ act, channel, dated, exhibit, who }) => [act, channel, dated, exhibit, who]),
      ]),
      [['2000-01-01', [['sent', 'email', '2026-11-20', 'EX-01', 'A host']]]],
    );
    assert.match(
      (await novel.run('notice')).out,
      /an answer was looked for by 2000-01-01, and none is on record\nSuch a notice follows a proposed law/,
    );
    const answered = await notice('answered', '1', '--outcome', 'partly', '--remarks', 'One page is left.');
    assert.deepEqual([answered.notices[0]?.open, answered.notices[0]?.acts.at(-1)?.outcome], [null, 'partly']);
    assert.match(
      (await novel.run('notice', '--language', 'ru')).out,
      /получен ответ .*: материал удалён частично, A host, One page is left\./,
    );
  });

  it('what it says can be taken out of the record as any word', async () => {
    await notice('new', '--provider', 'Zaphod Hosting', '--address', 'https://zaphod.example/x');
    const argv = ['redact', '--name', 'Zaphod', '--reason', 'a private name', '--yes'];
    const { code, err } = await novel.run(...argv);
    assert.equal(code, 0, err);
    const { notices } = await notice();
    assert.deepEqual([notices[1]?.provider, notices[1]?.addresses], ['▮▮▮▮▮▮ Hosting', ['▮'.repeat(24)]]);
  });

  const refused: readonly (readonly [string, readonly string[], RegExp])[] = [
    ['a notice to nobody', ['new', '--address', 'https://a.example'], /--provider NAME/],
    ['a notice without an address', ['new', '--provider', 'A host'], /--address URL/],
    ['a notice that there is not', ['sent', 'N-07'], /N-07/],
    ['a channel that there is not', ['sent', 'N-01', '--channel', 'dove'], /dove for that: email, form/],
    ['a day that is none', ['sent', 'N-01', '--date', '2026-11'], /2026-11 is no day/],
    ['an action that there is not', ['burn', 'N-01'], /burn/],
  ];
  for (const [what, argv, why] of refused)
    it(`refuses ${what}`, async () => {
      const { code, err } = await novel.run('notice', ...argv);
      assert.equal(code, 2);
      assert.match(err, why);
    });

  it('the origin of each file is a line, with the ban that stands for it', async () => {
    await novel.run('reserve', 'ch1.md', '--site', '.', '--form', 'header', '--form', 'robots');
    const document = await novel.json<OriginsDocument>('origins', '--out', 'origin.jsonl');
    assert.ok(validOrigins(document), JSON.stringify(validOrigins.errors));
    const lines = text(novel.path('origin.jsonl')).split('\n');
    assert.deepEqual(
      lines.slice(0, -1).map(line => JSON.parse(line)),
      document.files,
    );
    const told = document.files.map(({ path, authors, systems, optOut }) => [path, authors, systems, optOut?.forms]);
    const robots = { form: 'robots', place: 'robots.txt' };
    assert.deepEqual(told, [
      ['ch1.md', ['A. Author'], ['claude-code'], [{ form: 'header', place: 'ch1.md' }, robots]],
      ['ch2.md', ['A. Author'], [], [robots]],
      ['robots.txt', ['A. Author'], [], [robots]],
    ]);
    const [first] = document.files;
    assert.equal(first?.sha256, hash('sha256', readFileSync(novel.path('ch1.md')), 'hex'));
    assert.deepEqual([first?.characters?.human, first?.characters?.machine], [14, 13]);
    await novel.run('reserve', '--remove');
  });

  it('a schedule of rights is written for a contract', async () => {
    await novel.run('reserve', 'ch1.md');
    const document = await novel.json<ScheduleDocument>('schedule', '--out', 'papers', '--language', 'kk');
    assert.ok(validSchedule(document), JSON.stringify(validSchedule.errors));
    assert.deepEqual(
      document.files.map(file => basename(file)),
      ['rights-schedule.docx', 'rights-schedule.pdf'],
    );
    assert.equal((await novel.run('schedule')).code, 2);
    assert.match((await novel.run('schedule', '--out', 'papers')).err, /rights-schedule\.docx/);
  });
});
