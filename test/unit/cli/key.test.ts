import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import type { ExportDocument } from '../../../src/cli/export.ts';
import type { KeyDocument } from '../../../src/cli/key.ts';
import type { Verification } from '../../../src/evidence/verification.ts';
import { keptKey, openedKey } from '../../../src/journal/keptKey.ts';
import { newKey, readableFingerprint } from '../../../src/journal/keys.ts';
import { Recorded } from './recorded.ts';

const schema = new URL('../../../media/schema/key.schema.json', import.meta.url);
const passphrase = 'шапағат, the lamp';

describe('holograph key', () => {
  let novel: Recorded;
  let file: string;
  beforeEach(async () => {
    novel = await Recorded.novel();
    file = join(novel.home, 'cli-key.pem');
    writeFileSync(novel.path('..', 'phrase'), `${passphrase}\n`);
  });
  afterEach(() => novel.remove());
  const key = async (...argv: string[]) => {
    const { code, out } = await novel.run('key', ...argv, '--json');
    assert.equal(code, 0);
    const document = JSON.parse(out) as KeyDocument;
    const validate = new Ajv({ strict: true }).compile(JSON.parse(readFileSync(schema, 'utf8')));
    assert.ok(validate(document), JSON.stringify(validate.errors));
    return document;
  };
  const own = async (...argv: string[]) => (await key(...argv)).own!.fingerprint;
  const standings = async () => (await key()).keys.map(({ keeper, standing }) => `${keeper} ${standing}`);
  const verified = async (...argv: string[]) =>
    JSON.parse((await novel.run('verify', ...argv, '--json')).out) as Verification;
  const exported = (name: string, ...argv: string[]) => novel.json<ExportDocument>('export', '--out', name, ...argv);
  const keeping = ['--passphrase', '../phrase'];

  it('is none before the first signature, and none is made by asking', async () => {
    assert.equal((await key()).own, null);
    assert.ok(!existsSync(file));
    assert.match((await novel.run('key')).out, /^No key has been made yet/);
    assert.match((await novel.run('key', 'rotate')).err, /There is no key yet/);
  });

  it('shows its fingerprint in groups to read aloud, and the keys of the journal', async () => {
    const sealed = await exported('one.zip');
    const { out } = await novel.run('key');
    assert.match(out, new RegExp(`^Signs with the key ${readableFingerprint(sealed.key)}\n`));
    assert.match(out, /\n {2}cli {2}([0-9a-f]{4} ){16} {0,2}[\w-]+:\d+\n$/);
  });

  it('is replaced by a new one, for which the old one stands; what was sealed before still holds', async () => {
    const before = await exported('one.zip');
    const after = await own('rotate');
    assert.notEqual(after, before.key);
    assert.deepEqual(await standings(), ['cli replaced', 'cli active']);
    assert.equal((await exported('two.zip')).key, after);
    for (const vouched of [before.key, after]) {
      assert.ok((await verified('two.zip', '--key', vouched)).keyKnown);
      assert.ok((await verified(before.journal, '--key', vouched)).keyKnown);
    }
    assert.ok((await verified('one.zip', '--key', before.key)).keyKnown);
    assert.equal(readFileSync(file, 'utf8').match(/BEGIN/g)?.length, 1, 'the old one is forgotten');
    if (process.platform !== 'win32') assert.equal(statSync(file).mode & 0o777, 0o600);
  });

  it('that was replaced signs nothing any more, though somebody kept it', async () => {
    await exported('one.zip');
    const old = readFileSync(file);
    await key('rotate');
    await exported('two.zip');
    writeFileSync(file, old);
    const { code, err } = await novel.run('export', '--out', 'three.zip');
    assert.equal(code, 2);
    assert.match(err, /was replaced by another and signs nothing any more/);
  });

  it('that is lost is followed by another, and the journal says so', async () => {
    const before = await exported('one.zip');
    rmSync(file);
    const after = await exported('two.zip');
    assert.deepEqual(await standings(), ['cli lost', 'cli active']);
    assert.ok((await verified('two.zip', '--key', after.key)).keyKnown);
    assert.deepEqual(
      (await verified('two.zip', '--key', before.key)).wrong.map(({ what }) => what),
      ['otherKey'],
    );
  });

  it('is kept under a passphrase and comes back, which the journal says too', async () => {
    const before = await exported('one.zip');
    await key('export', '--out', '../kept.pem', ...keeping);
    const kept = readFileSync(novel.path('..', 'kept.pem'), 'utf8');
    assert.match(kept, /^-----BEGIN ENCRYPTED PRIVATE KEY-----\n/);
    if (process.platform !== 'win32') assert.equal(statSync(novel.path('..', 'kept.pem')).mode & 0o777, 0o600);
    rmSync(file);
    const between = await exported('two.zip');
    assert.equal(await own('restore', '../kept.pem', ...keeping), before.key);
    assert.deepEqual(await standings(), ['cli lost', 'cli replaced', 'cli active']);
    const after = await exported('three.zip');
    assert.equal(after.key, before.key);
    for (const { key: vouched } of [before, between])
      assert.ok((await verified('three.zip', '--key', vouched)).keyKnown);
  });

  it('comes back to an empty data folder as it was', async () => {
    const { key: before } = await exported('one.zip');
    await key('export', '--out', '../kept.pem', ...keeping);
    rmSync(file);
    assert.equal(await own('restore', '../kept.pem', ...keeping), before);
    assert.deepEqual(await standings(), ['cli active']);
  });

  it('vouched for in groups without quotes is understood; one mistyped group accuses nobody', async () => {
    const { key: fingerprint } = await exported('one.zip');
    const spoken = readableFingerprint(fingerprint).split(' ');
    assert.ok((await verified('one.zip', '--key', ...spoken)).keyKnown);
    assert.ok((await verified('--key', ...spoken.map(group => group.toUpperCase()), 'one.zip')).keyKnown);
    const mistyped = spoken.with(4, spoken[4] === '0000' ? '1111' : '0000');
    const { wrong } = await verified('one.zip', '--key', mistyped.join(' '));
    assert.deepEqual(
      wrong.map(({ what, detail }) => [what, detail]),
      [['keyMistyped', '5']],
    );
    assert.equal((await novel.run('verify', 'one.zip', '--key', ...spoken.slice(1))).code, 2);
  });

  it('says in one line why it cannot', async () => {
    await exported('one.zip');
    const asked: readonly (readonly [readonly string[], RegExp])[] = [
      [['key', 'turn'], /There is no key turn/],
      [['key', 'export'], /--out FILE is missing/],
      [['key', 'export', '--out', '../k.pem'], /--passphrase FILE is missing/],
      [['key', 'export', '--out', '../phrase', ...keeping], /phrase is there already/],
      [['key', 'restore'], /FILE is missing/],
      [['key', 'restore', '../phrase', ...keeping], /kept key does not open/],
      [['key', 'restore', '../none', ...keeping], /There is no \S+none\./],
    ];
    for (const [argv, line] of asked) {
      const { code, out, err } = await novel.run(...argv);
      assert.deepEqual([code, out], [2, ''], argv.join(' '));
      assert.match(err, line);
    }
    writeFileSync(novel.path('..', 'phrase'), 'short\n');
    assert.match((await novel.run('key', 'export', '--out', '../k.pem', ...keeping)).err, /12 characters or more/);
    if (process.platform === 'win32') return;
    chmodSync(file, 0o644);
    assert.match(
      (await novel.run('seal')).err,
      /Others can read the key .*cli-key\.pem\. Give the file owner-only rights/,
    );
  });
});

describe('a kept key', () => {
  const { privateKey } = newKey();
  it('opens with its passphrase, composed or not, and with no other', () => {
    const kept = keptKey(privateKey, passphrase.normalize('NFD'));
    assert.equal(openedKey(kept, passphrase.normalize('NFC')), privateKey);
    assert.throws(() => openedKey(kept, `${passphrase}.`), { code: 'keyClosed' });
    assert.throws(() => openedKey('-----BEGIN', passphrase), { code: 'keyClosed' });
    assert.throws(() => keptKey(privateKey, 'eleven char'), RangeError);
  });
});
