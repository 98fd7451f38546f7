import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import type { ProofDocument } from '../../../src/cli/prove.ts';
import type { SealDocument } from '../../../src/cli/seal.ts';
import type { StatusDocument } from '../../../src/cli/status.ts';
import type { Verification } from '../../../src/evidence/verification.ts';
import { Recorded } from './recorded.ts';

const schemas = new URL('../../../media/schema/', import.meta.url);
const formOf = (name: string) =>
  new Ajv({ strict: true }).compile(JSON.parse(readFileSync(new URL(`${name}.schema.json`, schemas), 'utf8')));

describe('holograph seal and prove', () => {
  let novel: Recorded;
  let sealed: SealDocument;
  let key: string;
  before(async () => {
    novel = await Recorded.novel();
    sealed = await novel.json<SealDocument>('seal');
    ({ key } = await novel.json<{ key: string }>('export', '--out', 'package.zip'));
    await novel.json('export', '--out', 'package.zip');
  });
  after(() => novel.remove());
  const verified = async (...argv: string[]) => {
    const { code, out } = await novel.run('verify', ...argv, '--json');
    const found = JSON.parse(out) as Verification;
    assert.equal(code, found.consistent ? 0 : 1);
    assert.ok(formOf('verification')(found), JSON.stringify(found));
    return found;
  };
  const whats = async (...argv: string[]) => (await verified(...argv)).wrong.map(({ what }) => what);

  it('seal prints the line alone, of a published form, and the same one until something is recorded', async () => {
    const validate = formOf('seal');
    assert.ok(validate(sealed), JSON.stringify(validate.errors));
    const { out, err } = await novel.run('seal');
    assert.equal(out, `${sealed.line}\n`);
    assert.match(err, /^holograph: The line covers \d+ events/);
  });

  it('verify takes the line itself, and a mail with it', async () => {
    writeFileSync(novel.path('mail.txt'), `Keep this please:\r\n> ${sealed.line}\r\n`);
    assert.equal((await verified('package.zip', '--since', sealed.line)).anchoredTo?.size, sealed.size);
    assert.equal((await verified(sealed.journal, '--since', 'mail.txt')).anchoredTo?.size, sealed.size);
    assert.deepEqual(await whats('package.zip', '--since', `${sealed.line.slice(0, -1)}1`), ['sinceDamaged']);
  });

  it('a proof of one event stands alone: whose key it is, and what somebody holds', async () => {
    const { proof, journal, size } = await novel.json<ProofDocument>('prove', '--event', '3', '--out', 'e.tlog-proof');
    assert.ok(formOf('proof')({ schema: 'holograph.proof', version: 1, journal, size, proof }));
    assert.equal(readFileSync(novel.path('e.tlog-proof'), 'utf8'), proof);
    assert.match(proof, /^c2sp\.org\/tlog-proof@v1\nextra [\w+/=]+\nindex 3\n([\w+/]{43}=\n)+\nholograph\//);
    const { subject, keyKnown } = await verified('e.tlog-proof', '--key', key);
    assert.deepEqual([subject.event?.sequence, subject.size, keyKnown], [3, size, true]);
    assert.deepEqual(await whats('e.tlog-proof', '--key', 'ab'.repeat(32)), ['otherKey']);
    assert.equal((await novel.run('verify', 'e.tlog-proof')).out.split('; ').at(-1), 'key not vouched for\n');
    const { notChecked } = await verified('e.tlog-proof', '--since', sealed.line);
    assert.deepEqual(
      notChecked.map(({ why }) => why),
      sealed.size === size ? [] : ['otherSize'],
    );
  });

  it('a proof tells nothing of the text', async () => {
    for (let sequence = 0; sequence < 12; sequence++) {
      const { out } = await novel.run('prove', '--event', `${sequence}`);
      const extra = Buffer.from(out.split('\n')[1]!.slice('extra '.length), 'base64').toString('utf8');
      assert.doesNotMatch(extra, /Before\.|typed line|By an agent|End it/);
    }
  });

  it('a changed proof is refused, whatever was changed', async () => {
    const { out } = await novel.run('prove', '--event', '3');
    const lines = out.split('\n');
    const extra = Buffer.from(lines[1]!.slice(6), 'base64').toString('utf8');
    const other = `extra ${Buffer.from(extra.replace(/"time":\d/, '"time":2')).toString('base64')}`;
    const changed: readonly (readonly [string, string])[] = [
      [out.replace(lines[1]!, other), 'proofPath'],
      [out.replace('index 3', 'index 4'), 'proofMalformed'],
      [lines.toSpliced(3, 1).join('\n'), 'proofPath'],
      [out.replace(/[\w+/]{20}=\n$/, `${'A'.repeat(19)}==\n`), 'checkpointMalformed'],
      [out.replace(/[\w+/]{20}==?\n$/, match => `${'A'.repeat(match.length - 2)}=\n`), 'proofSignature'],
    ];
    for (const [text, what] of changed) {
      writeFileSync(novel.path('bad.tlog-proof'), text);
      assert.deepEqual(
        (await whats('bad.tlog-proof')).includes(what as never),
        true,
        `${what}: ${await whats('bad.tlog-proof')}`,
      );
    }
  });

  it('a proof of growth shows that the record began as a line says', async () => {
    await novel.json<ProofDocument>('prove', '--from', sealed.line, '--out', 'grown');
    const { anchoredTo, subject } = await verified('grown', '--since', sealed.line, '--key', key);
    assert.deepEqual([anchoredTo?.root, subject.from?.root], [sealed.root, sealed.root]);
    assert.match(
      (await novel.run('verify', 'grown')).out,
      /^the signed record of \d+ events of the journal .* begins with the record of \d+ events; key not/,
    );
    for (const size of ['1', '2', '5']) {
      await novel.json<ProofDocument>('prove', '--from', size, '--out', 'some');
      assert.equal((await verified('some')).subject.from?.size, Number(size));
    }
  });

  it('proofs and seal lines of before a redaction still hold, and new ones are made after it', async () => {
    const { out: before } = await novel.run('prove', '--event', '3');
    writeFileSync(novel.path('before.tlog-proof'), before);
    const { code, err } = await novel.run('redact', '--text', 'typed', '--reason', 'a name', '--yes');
    assert.equal(code, 0, err);
    for (let event = 2; event < 8; event++) {
      await novel.json<ProofDocument>('prove', '--event', `${event}`, '--out', 'after.tlog-proof');
      assert.deepEqual(await whats('after.tlog-proof', '--key', key), []);
    }
    assert.deepEqual(await whats('before.tlog-proof', '--key', key), []);
    await novel.json<ProofDocument>('prove', '--from', sealed.line, '--out', 'grown');
    assert.equal((await verified('grown', '--since', sealed.line)).anchoredTo?.size, sealed.size);
    assert.equal((await verified(sealed.journal, '--since', sealed.line)).anchoredTo?.size, sealed.size);
  });

  it('says in one line why it cannot', async () => {
    const asked: readonly (readonly [readonly string[], RegExp])[] = [
      [['prove'], /--event N .* is missing/],
      [['prove', '--event', '1', '--from', '1'], /is missing/],
      [['prove', '--event', '99999'], /no event 99,?999/],
      [['prove', '--event', 'other:1'], /no event other:1/],
      [['prove', '--from', '99999'], /no checkpoint 99999/],
      [['prove', '--from', 'ch1.md'], /no checkpoint ch1\.md/],
      [['prove', '--from', sealed.line.replace(sealed.journal, 'j-2')], /no checkpoint/],
    ];
    for (const [argv, line] of asked) {
      const { code, out, err } = await novel.run(...argv);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, line);
    }
    const { journals } = await novel.json<StatusDocument>('status');
    assert.equal(journals.length, 1);
  });
});
