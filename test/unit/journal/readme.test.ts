import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { verifyProof } from '../../../src/evidence/verifyProof.ts';
import { canonicalBytes, eventDigest } from '../../../src/journal/canonical.ts';
import { emptyRoot, rootOf } from '../../../src/journal/chain.ts';
import { formatCheckpoint, originOf, signCheckpoint, verifyCheckpoint } from '../../../src/journal/checkpoint.ts';
import { toHex } from '../../../src/journal/digest.ts';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { eventKinds } from '../../../src/journal/eventKinds.ts';
import { formatGrowthProof } from '../../../src/journal/growthProof.ts';
import { keyBody, keyStatement, verifyKeyBody } from '../../../src/journal/keyEvent.ts';
import { rawPublicKey, signerOf } from '../../../src/journal/keys.ts';
import { columnNames, layout } from '../../../src/journal/layout.ts';
import { digestLeaf, partLeaves, partsOf, plainTextDigest, saltSource } from '../../../src/journal/parts.ts';
import { consistencyProof, inclusionProof, rootAt, treeOf } from '../../../src/journal/proof.ts';
import { formatSealLine } from '../../../src/journal/sealLine.ts';
import { decode, encode, runningLink } from '../../../src/journal/segment.ts';
import { formatTlogProof } from '../../../src/journal/tlogProof.ts';
import { privateKeyOf } from '../../support/testKey.ts';

const readme = readFileSync(new URL('../../../src/journal/README.md', import.meta.url), 'utf8');

/** The fenced block of this name, with its last line end. */
function block(name: string): string {
  const found = new RegExp(`^\`\`\`\\w+ ${name}\n([^\`]*)^\`\`\`$`, 'mu').exec(readme)?.[1];
  assert.ok(found !== undefined, `no block ${name}`);
  return found;
}

describe('the page', () => {
  it('names all kinds of events, as the verifier in Python does', () => {
    const named = /Kinds: (?<kinds>[^;]*);/u.exec(readme)?.groups?.kinds ?? '';
    assert.deepEqual(named.match(/\w+/gu), [...eventKinds]);
    const python = readFileSync(new URL('../../support/verify.py', import.meta.url), 'utf8');
    const list = /KINDS = '(?<kinds>[^']*)'/u.exec(python)?.groups?.kinds ?? '';
    assert.deepEqual(list.match(/\w+/gu), [...eventKinds]);
  });
});

const lines = (values: readonly string[]) => values.map(value => `${value}\n`).join('');

describe('the worked example of the format', () => {
  const secret = Buffer.from(block('secret').trim(), 'hex');
  const events = block('events')
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as JournalEvent);
  const digests = events.map(event => eventDigest(event, secret));
  const signer = signerOf('cli', privateKeyOf('9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60'));

  it('has its canonical bytes', () =>
    assert.equal(
      lines(events.map(event => Buffer.from(canonicalBytes(event, secret)).toString('utf8'))),
      block('canonical'),
    ));

  it('has its parts, salts and leaves', () => {
    const text = events[1]!.texts![0]!;
    const salts = saltSource(secret, 1);
    const leaves = partLeaves(text, salts, 0);
    const shown = partsOf(text).map(({ from, to, space }, i) =>
      [JSON.stringify(text.slice(from, to)), space ? '-' : toHex(salts(i)), toHex(leaves[i]!)].join(' '),
    );
    assert.equal(lines(shown), block('parts'));
    assert.ok(readme.includes(plainTextDigest(text)));
  });

  it('has its salted digests', () => {
    const { fileDigest, textDigest } = events[1] as Extract<JournalEvent, { kind: 'baseline' }>;
    const shown = Object.entries({ fileDigest, textDigest }).map(([name, digest], i) => {
      const salt = saltSource(secret, 1)(4 + i);
      return `${name} ${toHex(salt)} ${toHex(digestLeaf(salt, digest))}`;
    });
    assert.equal(lines(shown), block('stated'));
  });

  it('has its digests and root', () => assert.equal(lines([...digests, rootOf(digests)].map(toHex)), block('digests')));

  it('has its checkpoint', () => {
    const text = formatCheckpoint({ origin: originOf('example'), size: events.length, root: rootOf(digests) });
    assert.equal(signCheckpoint(text, signer), block('checkpoint'));
    assert.ok(verifyCheckpoint(block('checkpoint'), signer.publicKey));
  });

  it('has its seal line', () => {
    const line = formatSealLine({ journal: 'example', size: events.length, root: rootOf(digests) });
    assert.equal(`${line}\n`, block('seal'));
  });

  it('has its proofs', () => {
    const [tree, note, { publicKey }] = [treeOf(digests), block('checkpoint'), signer];
    const event = JSON.parse(Buffer.from(canonicalBytes(events[1]!, secret)).toString('utf8'));
    const path = inclusionProof(tree, 1, events.length);
    assert.equal(formatTlogProof({ index: 1, event, publicKey, path, note }), block('proof'));
    const from = { size: 1, root: rootAt(tree, 1) };
    const grown = consistencyProof(tree, 1, events.length);
    assert.equal(formatGrowthProof({ from, publicKey: rawPublicKey(publicKey), path: grown, note }), block('growth'));
    for (const name of ['proof', 'growth'])
      assert.ok(verifyProof(block(name), { since: block('seal') }).anchoredTo, name);
  });

  it('has its key statement and signature', () => {
    const body = keyBody('example', signer);
    assert.equal(lines([Buffer.from(keyStatement('example', body)).toString('utf8'), body.signature]), block('key'));
    assert.ok(verifyKeyBody('example', body));
  });

  it('has its pack and link', () => {
    const [pack, link] = block('pack')
      .split('\n\n')
      .map(hex => Buffer.from(hex.replaceAll('\n', ''), 'hex')) as [Buffer, Buffer];
    assert.equal(toHex(encode(events)), toHex(pack));
    assert.deepEqual(decode(pack), events);
    assert.equal(toHex(runningLink(emptyRoot, pack)), toHex(link));
  });
});

it('the format names every column, in order, with its sign', () => {
  const table = readme.slice(readme.indexOf('| column |'), readme.indexOf('**Stream two**'));
  const cells = [...table.matchAll(/^\| (?<names>[a-zA-Z, ]+?)(?<signed> \(signed\))? \|/gmu)].slice(1);
  const named = cells.flatMap(({ groups }) =>
    groups!.names!.split(', ').map(name => [name, groups!.signed !== undefined]),
  );
  assert.deepEqual(
    named,
    columnNames.map(name => [name, layout[name]]),
  );
});
