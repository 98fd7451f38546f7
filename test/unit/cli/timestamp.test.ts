import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { JournalStatus, StatusDocument } from '../../../src/cli/status.ts';
import type { ServerAnswer, TimestampDocument } from '../../../src/cli/timestamp.ts';
import type { Report } from '../../../src/evidence/report.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import type { Verification } from '../../../src/evidence/verification.ts';
import { journalFile } from '../../../src/journal/home.ts';
import { openJournal } from '../../../src/journal/reader.ts';
import { placesOf } from '../../support/everyByte.ts';
import { needsOpenssl, TimeAuthority } from '../../support/timeAuthority.ts';
import { TimeServer } from '../../support/timeServer.ts';
import { Recorded } from './recorded.ts';

const schema = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../media/schema/${name}.schema.json`, import.meta.url), 'utf8'));

describe('holograph timestamp', () => {
  let authority: TimeAuthority;
  let server: TimeServer;
  let other: TimeServer;
  let novel: Recorded;
  let journal: string;
  before(async function () {
    needsOpenssl(this);
    authority = new TimeAuthority();
    server = await TimeServer.start(query => authority.reply(query));
    other = await TimeServer.start(query => authority.reply(query, { kind: 'rsa' }));
    novel = await Recorded.novel();
    writeFileSync(novel.path('..', 'roots.pem'), authority.root);
    journal = (await novel.json<StatusDocument>('status')).journals[0]!.journal;
  });
  after(async () => {
    await server?.stop();
    await other?.stop();
    novel?.remove();
    authority?.remove();
  });

  const file = () => journalFile(novel.home, journal);
  const tokens = () => {
    const reader = openJournal(file());
    const found = reader.tokens();
    reader.close();
    return found;
  };
  const status = async (): Promise<NonNullable<JournalStatus['account']>> =>
    (await novel.json<StatusDocument>('status')).journals[0]!.account!;
  const roots = () => ['--roots', '../roots.pem'];
  const asked = async (...argv: string[]): Promise<readonly ServerAnswer[]> => {
    const { out } = await novel.run('timestamp', ...argv, '--json');
    const document = JSON.parse(out) as TimestampDocument;
    const validate = new Ajv({ strict: true }).compile(schema('timestamp'));
    assert.ok(validate(document), JSON.stringify(validate.errors));
    return document.servers;
  };
  const verified = async (...argv: string[]): Promise<Verification> =>
    JSON.parse((await novel.run('verify', ...argv, '--json')).out) as Verification;

  it('asks nobody before a server is named, and no address that it may not ask', async () => {
    assert.match((await novel.run('timestamp')).err, /Which time stamp server\? .*freetsa/);
    for (const url of ['ftp://127.0.0.1/', 'file:///etc/passwd', 'http://name:secret@127.0.0.1/', 'clock'])
      assert.match((await novel.run('timestamp', '--server', url)).err, /is no time stamp server/);
    assert.equal(server.asked.length, 0);
  });

  it('leaves the record as it is where the server fails, and says why', async () => {
    const good = server.answering;
    const outcomes: [string, string][] = [];
    const failing = async (answering: TimeServer['answering']) => {
      server.answering = answering;
      const [answer] = await asked('--server', server.url);
      outcomes.push([answer!.outcome, answer!.problem ?? '']);
    };
    await failing((_, response) => void response.writeHead(500).end());
    await failing(() => Buffer.from('<html>'));
    await failing(query => authority.reply(query).subarray(0, -7));
    await failing(() => Buffer.alloc(100_000));
    await failing(query => authority.reply(query, { digest: 'sha512' }));
    await failing(query => authority.token(query, 'expired'));
    await failing(query => authority.token(query, 'notCritical'));
    assert.deepEqual(
      outcomes.map(([outcome, problem]) => `${outcome} ${problem}`),
      [
        'failed refused',
        'failed tokenMalformed',
        'failed tokenMalformed',
        'failed tooLarge',
        'failed tokenStatus',
        'failed tokenExpired',
        'failed tokenUsage',
      ],
    );
    const { code, err } = await novel.run('timestamp', '--server', server.url);
    assert.deepEqual([code, err.includes('the certificate is not for time stamps alone')], [1, true]);
    assert.deepEqual(tokens(), []);
    assert.ok((await verified(file())).consistent);
    server.answering = good;
  });

  it('leaves a server that failed in peace, unless the person asks', async () => {
    const before = server.asked.length;
    assert.deepEqual(
      (await asked('--queued', '--server', server.url)).map(({ outcome }) => outcome),
      ['left'],
    );
    assert.equal(server.asked.length, before);
  });

  it('stamps the newest checkpoint by several servers, each by itself, and sends a digest alone', async () => {
    const gone = await TimeServer.start(() => undefined);
    const nowhere = gone.url;
    await gone.stop();
    const answers = await asked('--server', server.url, '--server', nowhere, '--server', other.url, ...roots());
    assert.deepEqual(
      answers.map(({ outcome, problem = '', standing = '' }) => `${outcome} ${problem}${standing}`),
      ['stamped given', 'failed unreachable', 'stamped given'],
    );
    assert.equal(server.asked.at(-1)!.query.length, 69);
    assert.equal(tokens().length, 2);
    assert.ok(tokens().every(({ size }) => size === tokens()[0]!.size));
    const { out } = await novel.run('timestamp', '--server', server.url);
    assert.match(out, /nothing waits/);
    assert.deepEqual(
      (await asked('--queued')).map(({ outcome }) => outcome),
      ['had', 'had'],
    );
  });

  it('what it keeps is what openssl accepts', () => {
    const reader = openJournal(file());
    const note = reader.checkpoints().at(-1)!.note;
    reader.close();
    for (const { answer, certificates } of tokens())
      assert.ok(authority.accepts(Buffer.from(note), answer, certificates));
  });

  it('verify says when, by whom, and who stands for it', async () => {
    const size = tokens()[0]!.size;
    const found = await verified(file(), ...roots());
    assert.deepEqual([found.consistent, found.anchoredAt?.size, found.timeStamps.length], [true, size, 2]);
    const { out } = await novel.run('verify', file(), ...roots());
    assert.match(
      out,
      new RegExp(
        `^consistent; .*; the first ${size} events existed on 20.*, says Clock \\w+; the last of them is dated 20`,
      ),
    );
    const alone = await verified(file());
    assert.equal(alone.anchoredAt, null);
    assert.ok(alone.notChecked.some(({ why, detail }) => why === 'timeStampRoot' && detail?.includes('Clock good')));
    const validate = new Ajv({ strict: true }).compile(schema('verification'));
    assert.ok(validate(found), JSON.stringify(validate.errors));
  });

  it('report and status tell of them', async () => {
    const [integrity] = (await novel.json<Report>('report')).integrity;
    assert.deepEqual(integrity!.timeStamps.shown.map(({ authority: by }) => by).sort(), ['Clock good', 'Clock rsa']);
    await novel.run('report', '--html', '../report.html');
    assert.match(readFileSync(novel.path('..', 'report.html'), 'utf8'), /says <bdi>Clock good<\/bdi>/);
    const { timeStamps } = await status();
    assert.deepEqual([timeStamps.count, timeStamps.newest?.authority.slice(0, 5)], [2, 'Clock']);
    assert.match((await novel.run('status')).out, /Time stamps +2; the last/);
  });

  it('a package holds them, and is as good as its time stamps', async () => {
    const { exportId } = await novel.json<{ exportId: string }>('export', '--out', '../stamped.zip');
    const { members } = unzip(readFileSync(novel.path('..', 'stamped.zip')));
    const names = [...members.keys()].filter(name => name.startsWith('seal/timestamps/'));
    assert.equal(names.length, 4);
    const [pem, tsr] = [...names].sort();
    const checkpoint = tsr!.replace('timestamps', 'checkpoints').replace(/-\d\.tsr$/, '.txt');
    const bytes = (name: string) => Buffer.from(members.get(name)!);
    assert.ok(authority.accepts(bytes(checkpoint), bytes(tsr!), bytes(pem!).toString()));
    assert.match(bytes('README-FIRST.html').toString(), /openssl ts -verify -data seal\/checkpoints\//);
    const found = await verified(novel.path('..', 'stamped.zip'), ...roots());
    assert.deepEqual([found.wrong, found.timeStamps.length, found.anchoredAt?.standing], [[], 2, 'given']);
    assert.equal((await novel.json<{ exportId: string }>('export', '--out', '../again.zip')).exportId, exportId);
    assert.deepEqual(readFileSync(novel.path('..', 'again.zip')), readFileSync(novel.path('..', 'stamped.zip')));
    writeFileSync(novel.path('..', 'mine.tsr'), bytes(tsr!));
  });

  it('a token that somebody kept is an anchor', async () => {
    const size = tokens()[0]!.size;
    const since = ['--since', '../mine.tsr'];
    const found = await verified(novel.path('..', 'stamped.zip'), ...since);
    assert.deepEqual([found.consistent, found.anchoredTo?.size], [true, size]);
    assert.equal((await verified(file(), ...since)).anchoredTo?.size, size);
    const stranger = await Recorded.novel();
    const id = (await stranger.json<StatusDocument>('status')).journals[0]!.journal;
    const kept = novel.path('..', 'mine.tsr');
    const answer = await stranger.run('verify', journalFile(stranger.home, id), '--since', kept, '--json');
    assert.deepEqual(
      (JSON.parse(answer.out) as Verification).wrong.map(({ what }) => what),
      ['sinceToken'],
    );
    stranger.remove();
    writeFileSync(novel.path('..', 'bad.tsr'), readFileSync(kept).subarray(0, -1));
    const { wrong } = await verified(file(), '--since', '../bad.tsr');
    assert.deepEqual(
      wrong.map(({ what }) => what),
      ['tokenMalformed'],
    );
  });

  it('a proof of one event is dated by a token over its checkpoint', async () => {
    const size = tokens()[0]!.size;
    await novel.run('prove', '--event', '3', '--out', '../event.tlog-proof');
    const proof = novel.path('..', 'event.tlog-proof');
    const found = await verified(proof, '--since', '../mine.tsr', ...roots());
    assert.deepEqual([found.wrong, found.anchoredTo?.size, found.anchoredAt?.size], [[], size, size]);
    const { out } = await novel.run('verify', proof, '--since', '../mine.tsr', ...roots());
    assert.match(out, /existed on 20.*, says Clock/);
  });

  it('keeps what cannot be checked here, and says so', async () => {
    const fresh = await Recorded.novel();
    const gost = await TimeServer.start(query => authority.token(query, 'brainpool'));
    const { code, err } = await fresh.run('timestamp', '--server', gost.url);
    assert.deepEqual([code, err.includes('GOST')], [0, true]);
    await fresh.run('export', '--out', '../gost.zip');
    const { out } = await fresh.run('verify', '../gost.zip', '--json', '--folder', fresh.folder);
    const found = JSON.parse(out) as Verification;
    assert.deepEqual([found.consistent, found.anchoredAt, found.timeStamps[0]?.standing], [true, null, 'elsewhere']);
    assert.ok(found.notChecked.some(({ why }) => why === 'timeStampElsewhere'));
    await gost.stop();
    fresh.remove();
  });

  it('keeps nothing of a query, which may hold what only the person may know', async () => {
    const fresh = await Recorded.novel();
    const keyed = await TimeServer.start((query, response, { url }) => {
      if (url?.endsWith('?key=S3cretOfMine')) return authority.reply(query);
      response.writeHead(403).end();
      return undefined;
    });
    const run = async (...argv: string[]) => {
      const { out } = await fresh.run('timestamp', ...argv, '--json');
      return (JSON.parse(out) as TimestampDocument).servers.map(({ server: by, outcome }) => [by, outcome]);
    };
    assert.deepEqual(await run('--server', `${keyed.url}?key=S3cretOfYours`), [[keyed.url, 'failed']]);
    assert.deepEqual(await run('--server', `${keyed.url}?key=S3cretOfMine`), [[keyed.url, 'stamped']]);
    assert.deepEqual(await run('--queued', '--server', `${keyed.url}?key=S3cretOfMine`), [[keyed.url, 'had']]);
    await fresh.run('export', '--out', '../keyed.zip');
    assert.deepEqual(placesOf('S3cretOf', fresh.path('..')), []);
    assert.notDeepEqual(placesOf(keyed.url, fresh.home), []);
    await keyed.stop();
    fresh.remove();
  });

  it('refuses roots that are none', async () => {
    const { code, err } = await novel.run('verify', join('..', 'stamped.zip'), '--roots', 'ch1.md');
    assert.deepEqual([code, err.includes('holds no certificates')], [2, true]);
  });
});
