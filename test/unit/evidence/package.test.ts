import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { unzipSync } from 'fflate';
import { pathOf } from '../../../src/evidence/names.ts';
import { type ExportOptions, exportPackage } from '../../../src/evidence/package.ts';
import { Unsealable } from '../../../src/evidence/packageSource.ts';
import { emptyWork } from '../../../src/evidence/work.ts';
import { encodeFile } from '../../../src/journal/files.ts';
import { signerFrom, smallJournal } from '../../support/journalByHand.ts';

const signer = signerFrom('author');
const options: ExportOptions = {
  work: { ...emptyWork, title: { en: 'The Steppe', kk: 'Дала' }, authors: [{ name: 'А. Автор' }] },
  profile: 'kz-contribution',
  language: 'ru',
  signer,
};
const made = () => exportPackage(smallJournal(signer).source(), options);

describe('evidence package', () => {
  const { archive, manifest, fileName } = made();
  const members = unzipSync(archive);
  const text = (name: string) => Buffer.from(members[name] ?? assert.fail(name)).toString('utf8');

  it('is the same bytes twice, and others for another profile, description or key', () => {
    assert.ok(Buffer.from(archive).equals(made().archive));
    for (const other of [{ profile: 'us' as const }, { work: emptyWork }, { language: 'kk' as const }]) {
      const different = exportPackage(smallJournal(signer).source(), { ...options, ...other });
      assert.notEqual(different.manifest.exportId, manifest.exportId);
    }
  });

  it('at an earlier checkpoint stays the same when the journal grows', () => {
    const journal = smallJournal(signer);
    const before = exportPackage(journal.source(0), options).archive;
    journal.insert(5, 3, 0, 'more ');
    journal.checkpoint(signer);
    assert.ok(Buffer.from(before).equals(exportPackage(journal.source(0), options).archive));
  });

  it('has a name of ASCII, from the title and the inputs', () => {
    assert.match(fileName, /^the-steppe-evidence-[0-9a-f]{16}\.zip$/);
    const untitled = exportPackage(smallJournal(signer).source(), { ...options, work: emptyWork });
    assert.match(untitled.fileName, /^work-evidence-/);
  });

  it('holds the works byte for byte', () => {
    const works = manifest.files.map(({ path, member }) => [path, Buffer.from(members[member]!).toString('hex')]);
    const expected: [string, Uint8Array][] = [
      ['bom.txt', Buffer.from('\ufeffЖел соқты.\n')],
      ['crlf.txt', Buffer.from('one\r\ntwo\nthree\r\n')],
      ['empty.md', new Uint8Array(0)],
      ['wide.txt', encodeFile('Дала 🐎\n', { encoding: 'utf-16le', bom: true, eol: '\r\n' })],
      ['тарау/бірінші тарау.md', Buffer.from('Бастапқы сөйлем.\nTyped 😀 line.\nThe steppe was wide.\n')],
    ];
    assert.deepEqual(
      works,
      expected.map(([path, bytes]) => [path, Buffer.from(bytes).toString('hex')]),
    );
    for (const { path, member, fileDigest } of manifest.files) {
      assert.equal(pathOf(member.slice('data/work/'.length)), path);
      assert.equal(hash('sha256', members[member]!, 'hex'), fileDigest);
    }
  });

  it('lists what stands under data/ twice over, and what stands beside it once', () => {
    const listed = (list: string) =>
      text(list)
        .trimEnd()
        .split('\n')
        .map(line => line.split('  ')[1]!);
    const names = Object.keys(members).sort();
    const payload = names.filter(name => name.startsWith('data/'));
    assert.deepEqual(listed('manifest-sha256.txt'), payload);
    assert.deepEqual(listed('manifest-sha512.txt'), payload);
    const beside = names.filter(
      name => !name.startsWith('data/') && !/^(tagmanifest|seal\/(seal|closing)|SEAL-SHEET)/.test(name),
    );
    assert.deepEqual(listed('tagmanifest-sha256.txt'), beside);
    const size = payload.reduce((sum, name) => sum + members[name]!.length, 0);
    assert.match(text('bag-info.txt'), new RegExp(`^Payload-Oxum: ${size}\\.${payload.length}$`, 'm'));
  });

  it('gives spans in three units that all lead to the same characters', () => {
    const lines = text('data/spans/spans.jsonl')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line));
    const kinds = lines.filter(({ file }) => file.endsWith('тарау.md')).map(({ kind }) => kind);
    assert.deepEqual(kinds, ['initial', 'typed', 'ai.agent']);
    for (const { member, bytes, from, to, codePoints } of lines.filter(l => l.file !== 'wide.txt')) {
      const file = Buffer.from(members[member]!)
        .toString('utf8')
        .replace(/^\ufeff/, '')
        .replaceAll('\r\n', '\n');
      const byBytes = Buffer.from(members[member]!.subarray(...bytes))
        .toString('utf8')
        .replaceAll('\r\n', '\n');
      assert.equal(byBytes, file.slice(from, to));
      assert.equal([...file].slice(...codePoints).join(''), file.slice(from, to));
    }
  });

  it('gives each prompt as a text and in a register that no spreadsheet takes for formulas', () => {
    assert.equal(text('data/prompts/prompt-0001.txt'), '=SUM(1); write "a sentence" about the steppe');
    const [head, first] = text('data/prompts/index.csv').split('\r\n');
    assert.ok(head!.startsWith('\ufeffnumber;file;asked;'));
    assert.match(
      first!,
      /^0001;prompt-0001\.txt;2026-11-14T10:00:09\+00:00;claude-code;anthropic\/claude;c;record;44;/,
    );
  });

  it('names what it leaves out', () => {
    const work = { ...emptyWork, files: ['crlf.txt', 'never.md'] };
    const { manifest: some } = exportPackage(smallJournal(signer).source(), { ...options, work });
    assert.deepEqual(
      some.files.map(({ path }) => path),
      ['crlf.txt'],
    );
    const left = some.leftOut.map(({ path, why }) => `${path} ${why}`);
    assert.deepEqual(left, [
      'never.md notRecorded',
      'bom.txt notListed',
      'empty.md notListed',
      'wide.txt notListed',
      'тарау/бірінші тарау.md notListed',
    ]);
  });

  it('tells first of all, in its own language, what else its journal holds', () => {
    const readme = (files: readonly string[]) => {
      const work = { ...emptyWork, files };
      const made = exportPackage(smallJournal(signer).source(), { ...options, work });
      return Buffer.from(unzipSync(made.archive)['README-FIRST.html']!).toString('utf8');
    };
    const some = readme(['crlf.txt', 'never.md']);
    assert.deepEqual(
      [...some.matchAll(/<section id="(\w+)"/g)].map(([, language]) => language),
      ['ru', 'kk', 'en'],
    );
    assert.match(some, /not part of this work: bom\.txt, empty\.md, wide\.txt, тарау\/бірінші тарау\.md\./);
    assert.match(some, /Do not repack it/);
    assert.match(some, /claims nothing of the kind/);
    assert.doesNotMatch(readme([]), /not part of this work:/);
  });

  it('is not made of a journal that is not what its checkpoint says, or for a key it does not know', () => {
    const source = smallJournal(signer).source();
    const wrong = (change: Partial<typeof source>) => () => exportPackage({ ...source, ...change }, options);
    const code = (code: Unsealable['code']) => (error: unknown) => error instanceof Unsealable && error.code === code;
    assert.throws(wrong({ checkpoints: [] }), code('noCheckpoint'));
    assert.throws(wrong({ checkpoints: source.checkpoints.slice(0, 1) }), code('otherCheckpoint'));
    assert.throws(wrong({ secret: () => new Uint8Array(32) }), code('otherRoot'));
    const stranger = { ...options, signer: signerFrom('stranger') };
    assert.throws(() => exportPackage(source, stranger), code('keyNotInJournal'));
  });
});
