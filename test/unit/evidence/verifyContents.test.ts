import assert from 'node:assert/strict';
import type { Member } from '../../../src/evidence/bag.ts';
import { afterSeal, baggedOf, type Contents, contentsOf } from '../../../src/evidence/contents.ts';
import { journalMembers } from '../../../src/evidence/packageSource.ts';
import { sealMember } from '../../../src/evidence/seal.ts';
import { packageSoftware } from '../../../src/evidence/software.ts';
import { contentFaults, inputsIn } from '../../../src/evidence/verifyContents.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { unknown } from '../../../src/provenance/origin.ts';
import { signerFrom, smallJournal } from '../../support/journalByHand.ts';

const signer = signerFrom('author');
const outside = {
  kind: 'changed',
  tracker: 0,
  version: 0,
  changes: [{ from: 0, to: 0 }],
  placement: 'insert',
  observation: { by: 'watcher' },
} as const;
const source = smallJournal(signer).source();
const record = journalMembers(source);
const notice = smallJournal(signer);
notice.add({ kind: 'notice', act: 'drawn', by: 'command' }, ['Provider', '', '', '', '', '']);
notice.checkpoint(signer);

/** These members and what is made after the seal, which is none here. */
function heldOf(contents: Contents, members: readonly Member[]): ReadonlyMap<string, Uint8Array> {
  const sealed = [...members, { name: sealMember, bytes: new Uint8Array(0) }];
  return new Map([...members, ...afterSeal(contents, sealed)].map(({ name, bytes }) => [name, bytes]));
}

/** Faults of a package that such a version made, with one member worded as it stood then. */
function faultsOf(software: string, worded: string, source = smallJournal(signer).source()) {
  const record = journalMembers(source);
  const inputs = { software, profile: 'generic', language: 'en', work: emptyWork, key: signer.fingerprint } as const;
  const contents = contentsOf(source, record, inputs, signer.publicKey);
  const reword = (members: typeof contents.payload) =>
    members.map(one => (one.name === worded ? { ...one, bytes: Buffer.from('other words') } : one));
  const members = baggedOf({ ...contents, payload: reword(contents.payload), tags: reword(contents.tags) });
  const held = heldOf(contents, members);
  const { wrong, notChecked } = contentFaults(held, source, inputs, signer.publicKey, record);
  return [...wrong.map(w => `${w.member}: ${w.what}`), ...notChecked.map(n => `${n.member}: ${n.why}`)];
}

describe('contents made again', () => {
  for (const name of ['README-FIRST.html', 'data/report/report.html', 'data/report/report.json']) {
    it(`${name} in the words of another version is named as not checked`, () => {
      assert.deepEqual(faultsOf('holograph/0.0.1', name), [`${name}: otherSoftware`]);
    });
  }

  it('a notice in the words of another version is named as not checked', () => {
    const name = 'data/notices/N-01.txt';
    assert.deepEqual(faultsOf('holograph/0.0.1', name, notice.source()), [`${name}: otherSoftware`]);
    assert.deepEqual(faultsOf(packageSoftware, name, notice.source()), [`${name}: notDerived`]);
  });

  for (const name of ['data/work/crlf.txt', 'data/spans/spans.jsonl', 'data/prompts/index.csv', 'data/manifest.json']) {
    it(`${name} must follow from the events, whatever version made it`, () => {
      assert.ok(faultsOf('holograph/0.0.1', name).includes(`${name}: notDerived`));
    });
  }

  it('an exhibit that is said to be left out, and that no event tells of, is none', () => {
    const exhibitsLeftOut = [{ exhibit: 'EX-99', why: 'withheld' }] as const;
    const described = { profile: 'generic', language: 'en', work: emptyWork, key: signer.fingerprint } as const;
    const inputs = { software: packageSoftware, ...described, exhibitsLeftOut };
    const contents = contentsOf(source, record, inputs, signer.publicKey);
    const held = heldOf(contents, baggedOf(contents));
    const { wrong } = contentFaults(held, source, inputs, signer.publicKey, record);
    assert.deepEqual(wrong, [{ member: 'data/manifest.json', what: 'notDerived', detail: 'exhibitsLeftOut' }]);
  });

  it('bytes that no event states, and bytes that it states otherwise, are named', () => {
    const journal = smallJournal(signer);
    const bom = { encoding: 'utf-8', bom: true, eol: '\n' } as const;
    journal.save(5, 'Бастапқы сөйлем.\nTyped 😀 line.\nThe steppe was wide.\n', bom);
    const taken = journal.add({ ...outside, document: 1, first: 2 ** 40, findings: [{ length: 1, ...unknown }] }, [
      'x',
    ]);
    journal.events[taken - 1] = { ...journal.events[taken - 1]!, fileDigest: '0'.repeat(64) } as JournalEvent;
    const source = { ...journal.source(), size: taken + 1, events: () => journal.events };
    const inputs = { software: 'holograph/1.0.0', profile: 'us', language: 'kk', work: emptyWork, key: 'k' } as const;
    const contents = contentsOf(source, [], inputs, signer.publicKey);
    const held = heldOf(contents, baggedOf(contents));
    const { wrong, notChecked } = contentFaults(held, source, inputs, signer.publicKey, []);
    assert.deepEqual(wrong, []);
    assert.deepEqual(notChecked.map(({ why }) => why).sort(), ['bytesNotStated', 'otherBytes']);
  });

  const manifest = Buffer.from(
    contentsOf(
      source,
      record,
      { software: 'holograph/1.0.0', profile: 'us', language: 'kk', work: emptyWork, key: 'k' },
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
    assert.deepEqual(inputsIn(manifest), {
      software: 'holograph/1.0.0',
      profile: 'us',
      language: 'kk',
      work: emptyWork,
      key: 'k',
    });
  });
});
