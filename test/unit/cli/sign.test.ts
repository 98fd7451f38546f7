import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { appendFileSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ExportDocument } from '../../../src/cli/export.ts';
import { type NcaLayerFault, signWithNcaLayer } from '../../../src/cli/ncaLayer.ts';
import { run } from '../../../src/cli/run.ts';
import type { SignDocument } from '../../../src/cli/sign.ts';
import { streebog } from '../../../src/evidence/national/streebog.ts';
import type { Report } from '../../../src/evidence/report.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import type { Verification } from '../../../src/evidence/verification.ts';
import { gostSignature } from '../../support/gostSignature.ts';
import { NationalKey } from '../../support/nationalKey.ts';
import { NcaLayerDouble, type NcaLayerRequest } from '../../support/ncaLayerDouble.ts';
import { needsOpenssl, TimeAuthority } from '../../support/timeAuthority.ts';
import { TimeServer } from '../../support/timeServer.ts';
import { Recorded } from './recorded.ts';

const schema = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../../media/schema/${name}.schema.json`, import.meta.url), 'utf8'));

describe('holograph sign', () => {
  let key: NationalKey;
  let layer: NcaLayerDouble;
  let clock: TimeAuthority;
  let server: TimeServer;
  let novel: Recorded;
  let bare: string;
  before(async function () {
    needsOpenssl(this);
    key = new NationalKey();
    layer = await NcaLayerDouble.start(() => undefined);
    clock = new TimeAuthority();
    server = await TimeServer.start(query => clock.reply(query));
    novel = await Recorded.novel();
    bare = (await novel.json<ExportDocument>('export', '--out', '../bare.zip')).file;
    writeFileSync(novel.path('..', 'roots.pem'), key.root + clock.root);
  });
  after(async () => {
    await layer?.stop();
    await server?.stop();
    novel?.remove();
    key?.remove();
    clock?.remove();
  });

  const digest = (file: string) => hash('sha256', readFileSync(file));
  const sealIn = (file: string) => unzip(readFileSync(file)).members.get('seal/seal.dsse.json')!;
  /** A copy of the package as it was exported. */
  const fresh = (): string => {
    const file = novel.path('..', 'signed.zip');
    copyFileSync(bare, file);
    return file;
  };
  const sign = async (...argv: string[]) => {
    const [out, err]: [string[], string[]] = [[], []];
    const env = { HOLOGRAPH_HOME: novel.home, LANG: 'C', HOLOGRAPH_NCALAYER_PORT: String(layer.port) };
    const [stdout, stderr] = [out, err].map(lines => ({ write: (text: string) => lines.push(text) })) as [never, never];
    const code = await run(['sign', ...argv], { stdout, stderr, env, cwd: novel.folder });
    return { code, out: out.join(''), err: err.join('') };
  };
  const verified = async (file: string): Promise<Verification> =>
    JSON.parse((await novel.run('verify', file, '--roots', '../roots.pem', '--json')).out) as Verification;
  const dataOf = ({ args }: NcaLayerRequest): Buffer =>
    Buffer.from(Array.isArray(args) ? args[2] : (args as { data: string }).data, 'base64');
  const signed = (request: NcaLayerRequest) => key.sign(dataOf(request)).toString('base64');

  it('has NCALayer sign the seal, and nothing before the seal changes', async () => {
    layer.answering = request => ({ status: true, body: { result: [signed(request)] } });
    const file = fresh();
    const { code, out, err } = await sign(file, '--roots', '../roots.pem', '--json');
    assert.deepEqual([code, layer.asked.length, err], [0, 1, '']);
    const [{ module, method, args }] = layer.asked as [NcaLayerRequest];
    assert.deepEqual([module, method], ['kz.gov.pki.knca.basics', 'sign']);
    const { format, signingParams, locale } = args as Record<string, unknown>;
    assert.deepEqual([format, locale], ['cms', 'ru']);
    assert.deepEqual(signingParams, { decode: true, encapsulate: false, digested: false, tsaProfile: {} });
    assert.ok(dataOf(layer.asked[0]!).equals(sealIn(bare)));
    const document = JSON.parse(out) as SignDocument;
    const validate = new Ajv({ strict: true, strictRequired: false }).compile(schema('sign'));
    assert.ok(validate(document), JSON.stringify(validate.errors));
    assert.deepEqual([document.added, document.digest], [['seal/seal.kz.cms'], digest(file)]);
    const found = await verified(file);
    assert.deepEqual([found.wrong, found.notChecked], [[], []]);
    assert.deepEqual(
      found.signatures.map(({ iin, standing }) => [iin, standing]),
      [['123456789011', 'given']],
    );
    const [before, after] = [readFileSync(bare), readFileSync(file)];
    const end = before.indexOf('SEAL-SHEET.pdf') - 30;
    assert.ok(end > 0 && before.subarray(0, end).equals(after.subarray(0, end)));
    assert.ok(key.accepts(sealIn(file), unzip(after).members.get('seal/seal.kz.cms')!));
    const kept = (await novel.json<Report>('report')).exports?.map(({ archiveDigest }) => archiveDigest);
    assert.deepEqual(kept, [digest(bare), digest(file)]);
  });

  it('speaks the older module where the newer is not there', async () => {
    layer.asked.length = 0;
    layer.answering = request =>
      request.module.endsWith('basics')
        ? { success: false, errorCode: 'MODULE_NOT_FOUND' }
        : { code: '200', message: '', responseObject: `-----BEGIN CMS-----\n${signed(request)}\n-----END CMS-----\n` };
    const file = fresh();
    const { code, out, err } = await sign(file);
    assert.equal(code, 0);
    assert.match(err, /^holograph: NCALayer now asks for the key/);
    assert.match(out, /^The seal is signed by ТЕСТОВ ТЕСТ ТЕСТОВИЧ, IIN 123456789011, ТОО ТЕСТ, BIN 123456789021\n/);
    assert.deepEqual(layer.asked[1]!.method, 'createCAdESFromBase64');
    assert.deepEqual((layer.asked[1]!.args as unknown[]).toSpliced(2, 1), ['PKCS12', 'SIGNATURE', false]);
    assert.deepEqual((await verified(file)).wrong, []);
  });

  const refusals: readonly (readonly [name: string, answering: NcaLayerDouble['answering'], said: RegExp])[] = [
    ['the person closes the window', () => ({ status: true, body: {} }), /Nothing was signed: the window/],
    ['the person cancels', () => ({ status: false, code: 'USER_CANCELED' }), /Nothing was signed: the window/],
    ['the older module is cancelled', () => ({ code: '500', message: 'action.canceled' }), /Nothing was signed/],
    [
      'the password is wrong',
      () => ({ status: false, code: 'SIGNING_FAILURE', message: 'PKCS12 key store mac invalid' }),
      /did not sign\. The password may be wrong, .* SIGNING_FAILURE: PKCS12 key store mac invalid/,
    ],
    ['it hangs up', () => 'hang up', /does not answer as NCALayer does/],
    ['it answers no signature', () => ({ status: true, body: { result: ['<html>'] } }), /does not answer as NCALayer/],
    ['it signs nothing', () => ({ status: true, body: { result: 'AAAA' } }), /not a signature in the form of CMS/],
    [
      'it signs another text',
      () => ({ status: true, body: { result: [key.sign(Buffer.from('x')).toString('base64')] } }),
      /over other bytes than this seal/,
    ],
  ];
  for (const [name, answering, said] of refusals)
    it(`leaves the package as it is where ${name}`, async () => {
      layer.answering = answering;
      const file = fresh();
      const { code, out, err } = await sign(file);
      assert.deepEqual([code, out, digest(file)], [2, '', digest(bare)]);
      assert.match(err, said);
    });

  it('waits no longer for one that only says that it lives', async () => {
    layer.answering = () => 'lives';
    const waits = { connect: 5000, person: 300 };
    const asked = signWithNcaLayer(Buffer.from('x'), { port: layer.port, language: 'en', waits });
    await assert.rejects(asked, (error: NcaLayerFault) => error.code === 'slow');
  });

  it('says that NCALayer is not running, and what else can be done', async () => {
    const gone = await NcaLayerDouble.start(() => undefined);
    const port = gone.port;
    await gone.stop();
    const [file, lines]: [string, string[]] = [fresh(), []];
    const env = { HOLOGRAPH_HOME: novel.home, LANG: 'C', HOLOGRAPH_NCALAYER_PORT: String(port) };
    const stderr = { write: (text: string) => lines.push(text) };
    assert.equal(await run(['sign', file], { stdout: stderr, stderr, env, cwd: novel.folder }), 2);
    assert.match(lines.join(''), /NCALayer is not running on this computer\. Start it/);
    assert.equal(digest(file), digest(bare));
  });

  it('does not overwrite a package that changed while the person signed', async () => {
    const file = fresh();
    layer.answering = request => {
      appendFileSync(file, 'x');
      return { status: true, body: { result: { signatures: [signed(request)] } } };
    };
    const { code, err } = await sign(file);
    assert.deepEqual([code, /was changed meanwhile/.test(err)], [2, true]);
  });

  it('takes a signature from a file, in DER or in base64, one alone', async () => {
    const cms = key.sign(sealIn(bare));
    const base64 = cms.toString('base64').replace(/.{64}/g, '$&\n');
    const forms = [cms, Buffer.from(base64), Buffer.from(`-----BEGIN CMS-----\n${base64}\n-----END CMS-----\n`)];
    const held = forms.map(async (form, i) => {
      const file = novel.path('..', `from-${i}.zip`);
      copyFileSync(bare, file);
      writeFileSync(novel.path('..', `cms-${i}`), form);
      assert.equal((await sign(file, '--cms', `../cms-${i}`)).code, 0);
      return digest(file);
    });
    assert.equal(new Set(await Promise.all(held)).size, 1);
    const again = await sign(novel.path('..', 'from-0.zip'), '--cms', '../cms-0');
    assert.deepEqual([again.code, /has a national signature already/.test(again.err)], [2, true]);
    writeFileSync(novel.path('..', 'other.cms'), key.sign(Buffer.from('x')));
    const other = await sign(fresh(), '--cms', '../other.cms');
    assert.deepEqual([other.code, /over other bytes than this seal/.test(other.err)], [2, true]);
  });

  it('takes one by GOST, and says that it is checked elsewhere', async () => {
    writeFileSync(novel.path('..', 'gost.cms'), gostSignature(streebog(sealIn(bare), 512)));
    const file = fresh();
    const { code, out, err } = await sign(file, '--cms', '../gost.cms');
    assert.deepEqual([code, out.split('\n')[0]], [0, 'The seal is signed by ТЕСТОВА ТЕСТ, IIN 123456789012']);
    assert.match(err, /ГОСТ Р 34\.10-2015 \(512\)\) cannot be checked here: check it at https:\/\/ezsigner\.kz/);
    const found = await verified(file);
    assert.deepEqual([found.consistent, found.notChecked.map(({ why }) => why)], [true, ['nationalElsewhere']]);
  });

  it('says a name in no way that a terminal obeys', async () => {
    const cms = gostSignature(streebog(sealIn(bare), 512), undefined, 'A\u001b[2J\nB\u202e');
    writeFileSync(novel.path('..', 'gost.cms'), cms);
    const { out } = await sign(fresh(), '--cms', '../gost.cms');
    assert.equal(out.split('\n')[0], 'The seal is signed by A\\u{1b}[2J\\u{a}B\\u{202e}, IIN 123456789012');
  });

  it('adds time stamps over the seal later, before or behind the signature', async () => {
    const file = fresh();
    writeFileSync(novel.path('..', 'own.cms'), key.sign(sealIn(bare)));
    const stamp = ['--timestamp', '--server', server.url, '--roots', '../roots.pem'];
    assert.equal((await sign(file, ...stamp)).code, 0);
    assert.equal((await sign(file, '--cms', '../own.cms', ...stamp)).code, 0);
    const found = await verified(file);
    assert.deepEqual(found.wrong, []);
    assert.deepEqual(
      found.timeStamps.map(({ member, standing }) => [member, standing]),
      [
        ['seal/seal-1.tsr', 'given'],
        ['seal/seal-2.tsr', 'given'],
      ],
    );
    assert.equal(found.signatures.length, 1);
    assert.match((await sign(file, '--timestamp')).err, /Which time stamp server\?/);
    const before = digest(file);
    const failed = await sign(file, '--server', 'http://127.0.0.1:9/');
    assert.deepEqual([failed.code, digest(file)], [1, before]);
    assert.match(failed.err, /no time stamp over the seal; the package stands without it: it cannot be reached\./);
  });

  it('is not needed where the export itself names servers; what one of them does not give is told', async () => {
    const servers = ['--server', server.url, '--server', 'http://127.0.0.1:9/', '--roots', '../roots.pem'];
    const { code, out, err } = await novel.run('export', '--out', '../clocked.zip', ...servers, '--json');
    const document = JSON.parse(out) as ExportDocument;
    assert.deepEqual([code, document.servers?.map(({ outcome }) => outcome)], [0, ['stamped', 'failed']]);
    assert.match(err, /no time stamp over the seal/);
    const validate = new Ajv({ strict: true, strictRequired: false }).compile(schema('export'));
    assert.ok(validate(document), JSON.stringify(validate.errors));
    const found = await verified(document.file);
    assert.deepEqual([found.wrong, found.timeStamps.map(({ member }) => member)], [[], ['seal/seal-1.tsr']]);
    assert.equal(server.asked.at(-1)!.query.length, 69);
    const count = server.asked.length;
    await novel.run('export', '--out', '../unclocked.zip');
    assert.equal(server.asked.length, count);
  });

  it('signs no package that is refused, or that another key sealed', async () => {
    const file = fresh();
    const bytes = readFileSync(file);
    bytes[bytes.length >> 1]! ^= 1;
    writeFileSync(file, bytes);
    const broken = await sign(file, '--cms', '../own.cms');
    assert.deepEqual([broken.code, /Nothing was added: .* is refused: not consistent/.test(broken.err)], [2, true]);
    const stranger = await Recorded.novel();
    const other = await stranger.json<ExportDocument>('export', '--out', '../theirs.zip');
    const foreign = await sign(other.file, '--cms', '../own.cms');
    assert.deepEqual([foreign.code, /sealed with a key that is not here/.test(foreign.err)], [2, true]);
    stranger.remove();
  });
});
