import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { exportPackage } from '../../../src/evidence/package.ts';
import { unzip } from '../../../src/evidence/unzip.ts';
import { notCheckedWhys, wrongWhats } from '../../../src/evidence/verification.ts';
import { verifyPackage } from '../../../src/evidence/verify.ts';
import { signerFrom, smallJournal } from '../../support/journalByHand.ts';

const media = new URL('../../../media/', import.meta.url);
const json = (name: string) => JSON.parse(readFileSync(new URL(name, media), 'utf8'));
const ajv = new Ajv({
  schemas: ['holograph', 'manifest', 'verification'].map(name => json(`schema/${name}.schema.json`)),
});
const faultsOf = (schema: string, value: unknown) => (ajv.validate(`${schema}.schema.json`, value) ? [] : ajv.errors);

const signer = signerFrom('author');
const work = {
  title: { kk: 'Дала' },
  kind: 'literary',
  authors: [{ name: 'А' }],
  languages: ['kk'],
  files: ['crlf.txt', 'gone.md'],
} as const;
const { archive } = exportPackage(smallJournal(signer).source(), { work, profile: 'us', language: 'en', signer });

/** What stays in Latin letters in every language: names of programs, files, options, standards. */
const latin =
  /holograph verify|holograph|Holograph|verify\.html|README|SEAL-SHEET|\.zip|certutil -hashfile|RO-Crate|SHA-?256|Ed25519|RFC|ZIP|Windows|Linux|macOS|manifest-sha256\.txt|seal\/timestamps|--roots|https:\/\/\S+|\{\w+\}|--key|(data|seal)\/[\w./-]+|sign(ed|ature)\.bin|openssl|python3|Python|certutil|DSSE|CMS|RSA|FINGERPRINT|publicKey|«Signature Verified Successfully»|«Verification: OK»/g;

describe('published forms of the package', () => {
  it('the manifest fits its schema', () => {
    const manifest = JSON.parse(Buffer.from(unzip(archive).members.get('data/manifest.json')!).toString('utf8'));
    assert.deepEqual(faultsOf('manifest', manifest), []);
    assert.notDeepEqual(faultsOf('manifest', { ...manifest, exportId: 'x' }), []);
  });

  it('verifications fit theirs, good ones and bad ones', () => {
    const changed = Uint8Array.from(archive);
    changed[changed.length - 100]! ^= 1;
    for (const bytes of [archive, changed, Buffer.from('no package')]) {
      assert.deepEqual(faultsOf('verification', verifyPackage(bytes, { key: signer.fingerprint })), []);
    }
    assert.notDeepEqual(faultsOf('verification', { ...verifyPackage(archive), consistent: 'yes' }), []);
  });

  it('the schema knows every fault, and each has its words', () => {
    const schema = json('schema/verification.schema.json').properties;
    assert.deepEqual(schema.wrong.items.properties.what.enum, wrongWhats);
    assert.deepEqual(schema.notChecked.items.properties.why.enum, notCheckedWhys);
    const said = Object.keys(json('l10n/package.en.json'));
    for (const what of wrongWhats) assert.ok(said.includes(`what.${what}`), what);
    for (const why of notCheckedWhys) assert.ok(said.includes(`why.${why}`), why);
  });

  it('the three languages have the same texts with the same arguments, and none is left in English', () => {
    const [en, ru, kk] = ['en', 'ru', 'kk'].map(l => json(`l10n/package.${l}.json`) as Record<string, string>) as [
      Record<string, string>,
      Record<string, string>,
      Record<string, string>,
    ];
    const argumentsOf = (text: string) => [...text.matchAll(/\{(\w+)[^}]*\}/g)].map(([, name]) => name).sort();
    for (const other of [ru, kk]) {
      assert.deepEqual(Object.keys(other), Object.keys(en));
      for (const [key, text] of Object.entries(en)) {
        assert.deepEqual(argumentsOf(other[key]!), argumentsOf(text), key);
        assert.match(other[key]!, /[а-яё]/i, key);
        assert.doesNotMatch(other[key]!.replace(latin, ''), /[a-z]{3}/i, key);
      }
    }
  });
});
