import assert from 'node:assert/strict';
import { reportHtml } from '../../../src/evidence/html.ts';
import { exportPackage } from '../../../src/evidence/package.ts';
import { makeReport } from '../../../src/evidence/report.ts';
import { verificationText } from '../../../src/evidence/verificationText.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { parseCheckpoint } from '../../../src/journal/checkpoint.ts';
import type { Signer } from '../../../src/journal/keys.ts';
import { formatSealLine } from '../../../src/journal/sealLine.ts';
import { JournalByHand, signerFrom, smallJournal } from '../../support/journalByHand.ts';

const author = signerFrom('author');
const attacker = signerFrom('attacker');
const sealed = (journal: JournalByHand, signer: Signer, rank?: number) =>
  exportPackage(journal.source(rank), { work: emptyWork, profile: 'generic', language: 'en', signer }).archive;
const whats = (archive: Uint8Array, vouched: Parameters<typeof verifyPackage>[1]) =>
  verifyPackage(archive, vouched).wrong.map(({ what }) => what);
const sentence = (archive: Uint8Array, vouched?: Parameters<typeof verifyPackage>[1]) =>
  verificationText(verifyPackage(archive, vouched), 'en')[0];

describe('verify a package with what the person who checks holds', () => {
  const journal = smallJournal(author);
  const [early, late] = journal.checkpoints.map(({ note }) => note) as [string, string];
  const archive = sealed(journal, author);

  it('says first what it does not know', () => {
    assert.equal(sentence(archive), 'consistent; key not vouched for; later events may have been cut off');
  });

  it('knows the key that is vouched for', () => {
    const { keyKnown, consistent } = verifyPackage(archive, { key: author.fingerprint });
    assert.ok(keyKnown && consistent);
    assert.match(
      sentence(archive, { key: author.fingerprint })!,
      /^consistent; sealed with the key that you vouched for; later/,
    );
  });

  it('accepts a forger who seals again as consistent, the key not vouched for, and refuses him by the key', () => {
    const forged = sealed(smallJournal(attacker), attacker);
    const { consistent, keyKnown } = verifyPackage(forged);
    assert.deepEqual({ consistent, keyKnown }, { consistent: true, keyKnown: false });
    assert.deepEqual(whats(forged, { key: author.fingerprint }), ['otherKey']);
    assert.deepEqual(whats(forged, { since: early }), ['sinceRoot']);
  });

  it('refuses a forger who adds his own key to the author’s record', () => {
    const mixed = smallJournal(author);
    mixed.key(attacker);
    mixed.checkpoint(attacker);
    assert.deepEqual(whats(sealed(mixed, attacker), { key: author.fingerprint }), ['otherKey']);
  });

  it('knows a later key that the vouched key countersigned', () => {
    const rotated = smallJournal(author);
    const next = signerFrom('next', 'vscode');
    rotated.key(next, author);
    rotated.checkpoint(next);
    assert.ok(verifyPackage(sealed(rotated, next), { key: author.fingerprint }).keyKnown);
  });

  it('shows that an earlier checkpoint is its beginning', () => {
    const { anchoredTo } = verifyPackage(archive, { since: early });
    assert.equal(anchoredTo?.size, 8);
    assert.equal(verifyPackage(archive, { since: late }).anchoredTo?.size, journal.events.length);
    assert.match(sentence(archive, { since: early })!, /begins with the checkpoint that you hold \(8 events\)/);
  });

  it('refuses a record that was cut off, changed, or is another', () => {
    assert.deepEqual(whats(sealed(journal, author, 0), { since: late }), ['sinceLater']);
    const rewritten = new JournalByHand();
    rewritten.key(author);
    rewritten.baseline('other.txt', 'all is new\n');
    while (rewritten.events.length < 9) rewritten.add({ kind: 'consent', granted: true, by: 'person' });
    rewritten.checkpoint(author);
    assert.deepEqual(whats(sealed(rewritten, author), { since: early }), ['sinceRoot']);
    assert.deepEqual(whats(sealed(smallJournal(author, 'j-2'), author), { since: early }), ['sinceOther']);
    assert.deepEqual(whats(archive, { since: 'what?' }), ['sinceMalformed']);
    assert.deepEqual(whats(archive, { since: early.replace(/(— \S+ ....)../, '$1AA') }), ['sinceSignature']);
  });
});

describe('verify a package with a seal line', () => {
  const journal = smallJournal(author);
  const archive = sealed(journal, author);
  const lineAt = (rank: number, of = journal) => {
    const { size, root } = parseCheckpoint(of.checkpoints[rank]!.note);
    return formatSealLine({ journal: of.id, size, root });
  };

  it('shows that the record begins with it, in whatever mail it stands', () => {
    assert.equal(verifyPackage(archive, { since: `Keep this:\n> ${lineAt(0)}\n` }).anchoredTo?.size, 8);
    const both = `${lineAt(1)}\n${lineAt(0)}\n${lineAt(0, smallJournal(author, 'j-2'))}`;
    assert.equal(verifyPackage(archive, { since: both }).anchoredTo?.size, journal.events.length);
  });

  it('refuses a record that was cut off, written anew, or is another', () => {
    assert.deepEqual(whats(sealed(journal, author, 0), { since: lineAt(1) }), ['sinceLater']);
    assert.deepEqual(whats(sealed(smallJournal(attacker), attacker), { since: lineAt(0) }), ['sinceRoot']);
    assert.deepEqual(whats(sealed(smallJournal(author, 'j-2'), author), { since: lineAt(0) }), ['sinceOther']);
  });

  it('takes a line that was copied wrongly for that, and for nothing else', () => {
    assert.deepEqual(whats(archive, { since: lineAt(0).replace(/.$/, letter => (letter === 'a' ? 'b' : 'a')) }), [
      'sinceDamaged',
    ]);
  });
});

describe('verify a package after its author’s key was replaced', () => {
  const next = signerFrom('next', 'cli');
  const replaced = (by: Signer) => {
    const journal = smallJournal(author);
    journal.key(next, author, { replaces: author.fingerprint });
    journal.checkpoint(by);
    return journal;
  };

  it('knows the new key by the old one, and a checkpoint of before', () => {
    const journal = replaced(next);
    const archive = sealed(journal, next);
    const since = journal.checkpoints[0]!.note;
    const { wrong, keyKnown, anchoredTo } = verifyPackage(archive, { key: author.fingerprint, since });
    assert.deepEqual([wrong, keyKnown, anchoredTo?.size], [[], true, 8]);
    assert.ok(verifyPackage(archive, { key: next.fingerprint }).keyKnown);
  });

  it('names a key that another replaced, where it signed or sealed later', () => {
    assert.deepEqual(whats(sealed(replaced(author), next), {}), ['keyReplaced']);
    const journal = replaced(next);
    assert.deepEqual(whats(sealed(journal, author), {}), ['keyReplaced']);
  });

  it('tells the report’s reader of both keys', () => {
    const [entry] = makeReport([replaced(next).source()]).integrity;
    assert.deepEqual(
      entry?.keys.map(({ fingerprint, countersignedBy, replaced: by }) => [fingerprint, countersignedBy, by?.lost]),
      [
        [author.fingerprint, undefined, false],
        [next.fingerprint, author.fingerprint, undefined],
      ],
    );
    const page = reportHtml(makeReport([replaced(next).source()]), { language: 'kk' });
    assert.match(page, /кілтімен расталған/);
    assert.match(page, /енді ештеңеге қол қоймайды/);
  });
});
