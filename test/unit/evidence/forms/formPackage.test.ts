import assert from 'node:assert/strict';
import { unzipSync } from 'fflate';
import { exportPackage } from '../../../../src/evidence/package.ts';
import { verifyPackage } from '../../../../src/evidence/verify.ts';
import { signerFrom, smallJournal } from '../../../support/journalByHand.ts';
import { resealed } from '../../../support/resealed.ts';
import { sampleWork } from '../../../support/sampleStory.ts';

const signer = signerFrom('author');
const { archive, manifest } = exportPackage(smallJournal(signer).source(), {
  work: sampleWork,
  profile: 'us',
  language: 'kk',
  signer,
});
const members = unzipSync(archive);
const text = (name: string) => Buffer.from(members[name] ?? assert.fail(name)).toString('utf8');

describe('forms in a package', () => {
  it('stand as DOCX and PDF, and the lines to copy as text', () => {
    const names = Object.keys(members).filter(name => name.startsWith('data/forms/'));
    const forms = [
      'checklist',
      'cover-en',
      'cover-kk',
      'cover-ru',
      'declaration',
      'refusal-response',
      'tool-certificate',
    ];
    assert.deepEqual(
      names.sort(),
      [
        ...forms.flatMap(name => [`data/forms/${name}.docx`, `data/forms/${name}.pdf`]),
        ...['docx', 'pdf', 'txt'].map(ending => `data/forms/us-application.${ending}`),
      ].sort(),
    );
    assert.match(text('data/forms/us-application.txt'), /^Standard Application: lines to copy\n=+\n\n/);
  });

  it('are named by README-FIRST and described by the crate', () => {
    assert.match(text('README-FIRST.html'), /href="data\/forms\/"/);
    const crate = JSON.parse(text('data/ro-crate-metadata.json')) as { '@graph': Record<string, unknown>[] };
    assert.equal(
      crate['@graph'].find(({ '@id': id }) => id === 'forms/cover-kk.docx')?.encodingFormat,
      'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
    );
  });

  for (const name of ['cover-kk.docx', 'declaration.pdf', 'us-application.txt']) {
    it(`that their author changed and sealed again are refused: ${name}`, () => {
      const member = `data/forms/${name}`;
      const forged = resealed(archive, manifest, signer, held =>
        held.write(member, Buffer.concat([held.bytes(member), Buffer.from(' ')])),
      );
      const { wrong } = verifyPackage(forged);
      assert.deepEqual(wrong, [{ member, what: 'notDerived' }]);
    });
  }
});
