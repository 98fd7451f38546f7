import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Context } from 'mocha';
import { exportPackage } from '../../../src/evidence/package.ts';
import { askingFor } from '../../../src/evidence/timeStamps/asking.ts';
import { noTrust } from '../../../src/evidence/timeStamps/trust.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import { behindSeal } from '../../support/behindSeal.ts';
import { signerFrom } from '../../support/journalByHand.ts';
import { keptStory } from '../../support/keptStory.ts';
import { sampleWork } from '../../support/sampleStory.ts';
import { TimeAuthority } from '../../support/timeAuthority.ts';

const signer = signerFrom('author');
const has = (tool: string, ...options: readonly string[]) => spawnSync(tool, options).status === 0;

/** Every JSON of the package that has a form, held to it by Python's jsonschema; prints what does not fit. */
const heldToSchemas = `
import glob, json, os
from jsonschema import Draft7Validator
read = lambda name: json.load(open(name, encoding='utf-8'))
store = {os.path.basename(name): read(name) for name in glob.glob('data/schema/*.json')}
def validator(name):
    # RefResolver of the versions before 4.18 is there in later ones too, but no longer looks into other documents.
    try:
        from referencing import Registry, Resource
    except ImportError:
        from jsonschema import RefResolver
        return Draft7Validator(store[name], resolver=RefResolver(name, store[name], store=store))
    registry = Registry().with_resources((name, Resource.from_contents(schema)) for name, schema in store.items())
    return Draft7Validator(store[name], registry=registry)
def held(value, name):
    Draft7Validator.check_schema(store[name])
    for error in validator(name).iter_errors(value):
        print(name, list(error.absolute_path), error.message[:200])
held(read('data/manifest.json'), 'manifest.schema.json')
held(read('data/manifest.json')['work'], 'holograph.schema.json')
held(read('data/report/report.json'), 'report.schema.json')
`;

/**
 * The validator of ro-crate-js (install it anywhere and name its folder in NODE_PATH), which is given the context that
 * it brings, since it would ask the network for it; prints what is not as it should be.
 */
const crateValidated = `
const { readFileSync, readdirSync, lstatSync } = require('node:fs');
globalThis.fetch = async () => new Response(readFileSync(require.resolve('ro-crate/lib/context.json')));
const { Validator } = require('ro-crate');
(async () => {
  const validator = new Validator();
  validator.parseJSON(readFileSync('data/ro-crate-metadata.json', 'utf8'));
  await validator.crate.resolveContext();
  await validator.validate();
  const files = readdirSync('data', { recursive: true }).filter(file => lstatSync('data/' + file).isFile());
  validator.checkFiles(Object.fromEntries(files.map(file => [file, { exists: true, inCrate: false, isDir: false }])));
  const found = validator.results.filter(({ status }) => status !== 'success');
  console.log(JSON.stringify(found.map(({ status, entity, message }) => status + ' ' + (entity ?? message))));
})();
`;

/** Rows of every table, read by Python's csv: prints a row whose number of cells is not that of the head. */
const tablesRead = `
import csv, glob
for name in sorted(glob.glob('data/**/*.csv', recursive=True)):
    rows = list(csv.reader(open(name, encoding='utf-8-sig', newline=''), delimiter=';', strict=True))
    if len(rows) < 2: print(name, 'no rows')
    for row in rows:
        if len(row) != len(rows[0]): print(name, row)
`;

/** One package, seen by programs that are not ours; one that the machine has not got is skipped, and that is said. */
describe('programs that are not ours agree on a package', function () {
  this.timeout(300_000);
  let folder: string;
  let members: ReadonlyMap<string, Uint8Array>;
  let clock: TimeAuthority | undefined;

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'holograph-others-'));
    const journal = keptStory(signer);
    const options = { work: { ...sampleWork, files: [] }, profile: 'us', language: 'kk', signer } as const;
    let archive: Uint8Array;
    if (has('openssl', 'version')) {
      clock = new TimeAuthority('A Root');
      const note = journal.checkpoints.at(-1)!.note;
      const asking = askingFor(note, noTrust);
      const answer = clock.reply(asking.request);
      const stamp = { note, answer, certificates: asking.check(answer).certificates, recorded: () => undefined };
      const made = exportPackage({ ...journal.source(), timeStamps: [stamp] }, options).archive;
      archive = behindSeal(made, signer, [clock]);
    } else archive = exportPackage(journal.source(), options).archive;
    members = unzip(archive).members;
    writeFileSync(join(folder, 'package.zip'), archive);
    for (const [name, bytes] of members) {
      mkdirSync(dirname(join(folder, 'bag', name)), { recursive: true });
      writeFileSync(join(folder, 'bag', name), bytes);
    }
  });
  after(() => {
    clock?.remove();
    rmSync(folder, { recursive: true });
  });

  /** Skips where the tool is absent, and says so; `there`: what it answers when it is there. */
  function needs(test: Context, tool: string, ...there: readonly string[]): void {
    if (has(tool, ...there)) return;
    test.test!.title += ` [skipped: ${[tool, ...there].join(' ')} does not work on this machine]`;
    test.skip();
  }
  function runs(tool: string, ...options: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync(tool, options, { cwd: join(folder, 'bag'), encoding: 'utf8' });
    assert.equal(status, 0, `${tool} ${options.join(' ')}\n${stdout}${stderr}`);
    return stdout;
  }
  const named = (end: RegExp) => [...members.keys()].filter(name => end.test(name));

  it('unzip and Python: the archive is whole', function () {
    needs(this, 'unzip', '-v');
    assert.match(runs('unzip', '-t', join(folder, 'package.zip')), /No errors detected/);
    needs(this, 'python3', '--version');
    assert.match(runs('python3', '-m', 'zipfile', '-t', join(folder, 'package.zip')), /Done testing/);
  });

  it('sha256sum and sha512sum: every list holds, to the letter of its form', function () {
    needs(this, 'sha256sum', '--version');
    for (const list of ['manifest-sha256.txt', 'tagmanifest-sha256.txt'])
      runs('sha256sum', '--check', '--strict', '--quiet', list);
    runs('sha512sum', '--check', '--strict', '--quiet', 'manifest-sha512.txt');
  });

  it('bagit-python: a valid bag', function () {
    needs(this, 'python3', '-c', 'import bagit');
    runs('python3', '-m', 'bagit', '--validate', '.');
  });

  it('ro-crate-js: no error in the crate, and every file is described but its preview', function () {
    needs(this, process.execPath, '-e', 'require("ro-crate")');
    assert.deepEqual(JSON.parse(runs(process.execPath, '-e', crateValidated)), ['warning ro-crate-preview.html']);
  });

  it('jsonschema in Python: manifest, description and report fit their published forms', function () {
    needs(this, 'python3', '-W', 'ignore', '-c', 'import jsonschema');
    assert.equal(runs('python3', '-W', 'ignore', '-c', heldToSchemas), '');
  });

  it('csv in Python: every table has its columns in every row', function () {
    needs(this, 'python3', '--version');
    assert.equal(runs('python3', '-c', tablesRead), '');
  });

  for (const envelope of ['seal/seal.dsse.json', 'seal/closing.json']) {
    it(`openssl: the signature of ${envelope} is one by Ed25519 over DSSE's encoding, and no bit of it may change`, function () {
      needs(this, 'openssl', 'version');
      const { payload, payloadType, signatures } = JSON.parse(Buffer.from(members.get(envelope)!).toString('utf8'));
      const said = Buffer.from(payload, 'base64');
      const [signed, signature] = ['signed.bin', 'signature.bin'].map(name => join(folder, name)) as [string, string];
      writeFileSync(
        signed,
        Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${said.length} `), said]),
      );
      writeFileSync(signature, Buffer.from(signatures[0].sig, 'base64'));
      const asked = ['pkeyutl', '-verify', '-pubin', '-inkey', 'seal/author-key.pub', '-rawin', '-in', signed];
      assert.match(runs('openssl', ...asked, '-sigfile', signature), /Signature Verified Successfully/);
      said[said.length >> 1]! ^= 1;
      writeFileSync(
        signed,
        Buffer.concat([Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${said.length} `), said]),
      );
      assert.ok(
        !has(
          'openssl',
          ...asked.map(part => (part.startsWith('seal/') ? join(folder, 'bag', part) : part)),
          '-sigfile',
          signature,
        ),
      );
    });
  }

  it('openssl ts: the tokens over checkpoint and seal', function () {
    needs(this, 'openssl', 'version');
    const checkpoint = named(/^seal\/checkpoints\//).at(-1)!;
    const stamp = named(/^seal\/timestamps\/.*\.tsr$/)[0]!;
    for (const [over, token] of [
      [checkpoint, stamp],
      ['seal/seal.dsse.json', 'seal/seal-1.tsr'],
    ] as const) {
      const roots = token.replace(/tsr$/, 'pem');
      assert.match(runs('openssl', 'ts', '-verify', '-data', over, '-in', token, '-CAfile', roots), /Verification: OK/);
      const other = spawnSync('openssl', ['ts', '-verify', '-data', 'bagit.txt', '-in', token, '-CAfile', roots], {
        cwd: join(folder, 'bag'),
      });
      assert.notEqual(other.status, 0);
    }
  });

  it('qpdf, pdffonts, pdftotext: every PDF is sound, has its fonts within it, and words', function () {
    const printed = named(/\.pdf$/);
    assert.ok(printed.length > 8, printed.join());
    needs(this, 'qpdf', '--version');
    for (const name of printed) runs('qpdf', '--check', name);
    needs(this, 'pdffonts', '-v');
    for (const name of printed) {
      const [, , ...fonts] = runs('pdffonts', name).trim().split('\n');
      assert.ok(fonts.length > 0 && fonts.every(font => /\s+yes yes yes\s+\d+\s+\d+$/.test(font)), fonts.join('\n'));
      assert.match(runs('pdftotext', name, '-'), /\p{L}{4}/u, name);
    }
  });

  it('LibreOffice: every form opens, and can be printed from there', function () {
    needs(this, 'soffice', '--version');
    const forms = named(/\.docx$/);
    // Its own settings: a LibreOffice that the person has open would take the files otherwise.
    const own = `-env:UserInstallation=${pathToFileURL(join(folder, 'settings'))}`;
    const out = join(folder, 'printed');
    runs('soffice', own, '--headless', '--convert-to', 'pdf', '--outdir', out, ...forms);
    assert.equal(globSync('*.pdf', { cwd: out }).length, forms.length);
    if (!has('pdftotext', '-v')) return;
    for (const name of forms) {
      const text = runs('pdftotext', join(out, name.replace(/^.*\//, '').replace(/docx$/, 'pdf')), '-');
      assert.match(text, /\p{L}{4}/u, name);
    }
    if (existsSync(process.env.HOLOGRAPH_KEEP ?? ''))
      for (const name of globSync('*.pdf', { cwd: out }))
        writeFileSync(join(process.env.HOLOGRAPH_KEEP!, name), readFileSync(join(out, name)));
  });
});
