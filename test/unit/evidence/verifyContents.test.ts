import assert from 'node:assert/strict';
import { baggedOf, contentsOf } from '../../../src/evidence/contents.ts';
import { journalMembers } from '../../../src/evidence/packageSource.ts';
import { contentFaults, inputsIn } from '../../../src/evidence/verifyContents.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { signerFrom, smallJournal } from '../../support/journalByHand.ts';

const signer = signerFrom('author');
const source = smallJournal(signer).source();
const record = journalMembers(source);

/** Faults of a package that such a version made, with one member worded as it stood then. */
function faultsOf(software: string, worded: string) {
  const inputs = { software, profile: 'generic', language: 'en', work: emptyWork, key: signer.fingerprint } as const;
  const contents = contentsOf(source, record, inputs, signer.publicKey);
  const reword = (members: typeof contents.payload) =>
    members.map(one => (one.name === worded ? { ...one, bytes: Buffer.from('other words') } : one));
  const members = baggedOf({ ...contents, payload: reword(contents.payload), tags: reword(contents.tags) });
  const held = new Map(members.map(({ name, bytes }) => [name, bytes]));
  const { wrong, notChecked } = contentFaults(held, source, inputs, signer.publicKey, record);
  return [...wrong.map(w => `${w.member}: ${w.what}`), ...notChecked.map(n => `${n.member}: ${n.why}`)];
}

describe('contents made again', () => {
  for (const name of ['README-FIRST.html', 'data/report/report.html', 'data/report/report.json']) {
    it(`${name} in the words of another version is named as not checked`, () => {
      assert.deepEqual(faultsOf('holograph/0.0.1', name), [`${name}: otherSoftware`]);
    });
  }

  for (const name of ['data/work/crlf.txt', 'data/spans/spans.jsonl', 'data/prompts/index.csv', 'data/manifest.json']) {
    it(`${name} must follow from the events, whatever version made it`, () => {
      assert.ok(faultsOf('holograph/0.0.1', name).includes(`${name}: notDerived`));
    });
  }

  const manifest = Buffer.from(
    contentsOf(
      source,
      record,
      { software: 's', profile: 'us', language: 'kk', work: emptyWork, key: 'k' },
      signer.publicKey,
    ).payload.find(m => m.name === 'data/manifest.json')!.bytes,
  ).toString('utf8');
  const cases: readonly (readonly [name: string, change: (json: string) => string, answer: string])[] = [
    ['white space', json => json.replace(':', ': '), 'manifestMalformed'],
    ['no line feed', json => json.trimEnd(), 'manifestMalformed'],
    ['another schema', json => json.replace('holograph.package', 'other'), 'manifestMalformed'],
    ['a newer version', json => json.replace('"version":1', '"version":9'), 'newer'],
    ['no description', json => json.replace(/,"work":.*\}\n$/, '}\n'), 'manifestMalformed'],
    ['no object', () => '3\n', 'manifestMalformed'],
    ['nothing', () => '', 'manifestMalformed'],
  ];
  for (const [name, change, answer] of cases) {
    it(`a manifest with ${name} gives no inputs`, () => assert.equal(inputsIn(change(manifest)), answer));
  }

  it('a manifest gives back the inputs it was made from', () => {
    assert.deepEqual(inputsIn(manifest), { software: 's', profile: 'us', language: 'kk', work: emptyWork, key: 'k' });
  });
});
