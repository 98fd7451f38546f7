import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportPackage } from '../../../src/evidence/package.ts';
import { packageSourceOf, Unsealable } from '../../../src/evidence/packageSource.ts';
import type { Verification } from '../../../src/evidence/verification.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { verifyJournal } from '../../../src/evidence/verifyJournal.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { appendEvents } from '../../../src/journal/append.ts';
import { Catalogue } from '../../../src/journal/catalogue.ts';
import { formatCheckpoint, originOf, parseCheckpoint, signCheckpoint } from '../../../src/journal/checkpoint.ts';
import { Journal } from '../../../src/journal/journal.ts';
import { keyBody } from '../../../src/journal/keyEvent.ts';
import { openJournal } from '../../../src/journal/reader.ts';
import { formatSealLine } from '../../../src/journal/sealLine.ts';
import { signerFrom } from '../../support/journalByHand.ts';
import { Seeded } from '../../support/seeded.ts';
import { specimen } from '../../support/specimen.ts';

const signer = signerFrom('author');
const editor = signerFrom('editor', 'vscode');

describe('a journal’s own file', () => {
  let home: string;
  let file: string;

  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'holograph-verify-'));
    const catalogue = Catalogue.open(join(home, 'data'));
    const { journal } = catalogue.consent(home, { by: 'person', software: 'test' });
    catalogue.close();
    file = join(home, 'data', 'journals', journal, 'journal.sqlite');
    appendEvents(
      file,
      'test',
      [signer, editor].map(one => ({ body: keyBody(journal, one) })),
    );
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  function checkpoint(by = signer): string {
    const journal = Journal.open(file);
    try {
      const tree = journal.tree();
      const note = signCheckpoint(formatCheckpoint({ origin: originOf(journal.id), ...tree }), by);
      journal.keepCheckpoint(tree.size, note);
      return note;
    } finally {
      journal.close();
    }
  }

  const archiveOf = (at?: string) => {
    const reader = openJournal(file);
    try {
      const source = packageSourceOf(reader, { at, publicKey: signer.publicKey });
      return exportPackage(source, { work: emptyWork, profile: 'generic', language: 'en', signer }).archive;
    } finally {
      reader.close();
    }
  };

  it('is consistent; its unsigned end is named', () => {
    const { consistent, notChecked } = verifyJournal(file);
    assert.ok(consistent);
    assert.deepEqual(
      notChecked.map(({ why }) => why),
      ['unsigned'],
    );
    checkpoint();
    assert.deepEqual(verifyJournal(file).notChecked, []);
  });

  it('knows the key that signed its newest checkpoint, and the checkpoint that it begins with', () => {
    const note = checkpoint();
    const { keyKnown, anchoredTo } = verifyJournal(file, { key: signer.fingerprint, since: note });
    assert.ok(keyKnown);
    assert.ok(anchoredTo !== null);
    assert.equal(verifyJournal(file, { key: editor.fingerprint }).wrong[0]?.what, 'otherKey');
  });

  it('begins as a seal line says, or is refused by it', () => {
    const { origin, size, root } = parseCheckpoint(checkpoint());
    const journal = origin.slice('holograph/'.length);
    appendEvents(file, 'test', [{ body: { kind: 'paused', by: 'person' } }]);
    const said = (line: Parameters<typeof formatSealLine>[0]) => {
      const { anchoredTo, wrong } = verifyJournal(file, { since: `kept:\n> ${formatSealLine(line)}\n` });
      return anchoredTo?.size ?? wrong[0]?.what;
    };
    assert.equal(said({ journal, size, root }), size);
    assert.equal(said({ journal, size: size + 1, root }), 'sinceRoot');
    assert.equal(said({ journal, size: size + 99, root }), 'sinceLater');
    assert.equal(said({ journal: 'j-2', size, root }), 'sinceOther');
  });

  it('names a checkpoint by a key that another had replaced, and one by a key that was not there yet', () => {
    const journal = openJournal(file);
    const { id } = journal;
    journal.close();
    checkpoint();
    const next = signerFrom('next');
    appendEvents(file, 'test', [{ body: keyBody(id, next, signer, { replaces: signer.fingerprint }) }]);
    checkpoint(next);
    assert.deepEqual(
      [verifyJournal(file, { key: signer.fingerprint }).keyKnown, verifyJournal(file).wrong],
      [true, []],
    );
    checkpoint(signer);
    assert.match(verifyJournal(file).wrong[0]?.detail ?? '', /signed by a key that was replaced before/);
    checkpoint(signerFrom('nobody'));
    // The two stand in any order: both are of one size.
    const details = verifyJournal(file).wrong.map(({ detail = '' }) => detail);
    assert.ok(details.some(detail => /no key that was in the journal by then signed/.test(detail)));
  });

  it('is refused with any of its pages changed', () => {
    checkpoint();
    const bytes = readFileSync(file);
    writeFileSync(file, Buffer.concat([bytes.subarray(0, 100), Buffer.alloc(bytes.length - 100, 7)]));
    const { consistent, wrong } = verifyJournal(file);
    assert.deepEqual([consistent, wrong[0]?.what], [false, 'journal']);
  });

  it('is answered for whatever length it is cut off at, and refused at half of it', () => {
    const whole = specimen(home, 'keyless', new Seeded(3)).file;
    const bytes = readFileSync(whole);
    for (let length = 0; length < bytes.length; length += 1531) {
      writeFileSync(whole, bytes.subarray(0, length));
      // The last pages hold indexes alone.
      const { consistent } = verifyJournal(whole);
      assert.ok(!consistent || length > bytes.length / 2, `${length} of ${bytes.length}`);
    }
  });

  it('is answered for, whichever two of its pages change places', () => {
    const whole = specimen(home, 'unsigned', new Seeded(5)).file;
    const bytes = readFileSync(whole);
    const page = (n: number) => bytes.subarray(n * 4096, (n + 1) * 4096);
    const pages = Array.from({ length: bytes.length / 4096 }, (_, n) => page(n));
    for (let i = 1; i < pages.length; i++)
      for (let j = 1; j < i; j++) {
        writeFileSync(whole, Buffer.concat(pages.with(i, page(j)).with(j, page(i))));
        assert.ok(verifyJournal(whole).subject.form === 'journal');
      }
  });

  it('that follows a damaged one says that it is not all', () => {
    const catalogue = Catalogue.open(join(home, 'data'));
    const [before] = catalogue.list();
    const { journal } = catalogue.setAside(before!.journal, 'ab'.repeat(32), 'test');
    catalogue.close();
    file = join(home, 'data', 'journals', journal, 'journal.sqlite');
    appendEvents(file, 'test', [{ body: keyBody(journal, signer) }]);
    checkpoint();
    const named = [{ why: 'earlierJournal', detail: 'ab'.repeat(32) }];
    const shown = (found: Verification) => found.notChecked.map(({ why, detail }) => ({ why, detail }));
    assert.deepEqual(shown(verifyJournal(file)), named);
    assert.deepEqual(shown(verifyPackage(archiveOf())), named);
  });

  it('gives the same package at a checkpoint, whatever is appended and signed later', () => {
    const note = checkpoint();
    const before = archiveOf();
    assert.ok(verifyPackage(before).consistent);
    checkpoint(editor);
    appendEvents(file, 'test', [{ body: { kind: 'paused', by: 'person' } }]);
    checkpoint();
    assert.ok(Buffer.from(before).equals(archiveOf(note)));
    assert.ok(Buffer.from(before).equals(archiveOf(note.split('\n')[1])));
    assert.ok(!Buffer.from(before).equals(archiveOf()));
  });

  it('gives no package without a checkpoint, or at one that it does not have', () => {
    const refused = (code: Unsealable['code']) => (e: unknown) => e instanceof Unsealable && e.code === code;
    assert.throws(() => archiveOf(), refused('noCheckpoint'));
    checkpoint();
    assert.throws(() => archiveOf('3'), refused('otherCheckpoint'));
  });
});
