import assert from 'node:assert/strict';
import type { Verification } from '../../../src/evidence/verification.ts';
import { languages, Texts } from '../../../src/host/texts.ts';
import { heldArguments, readVerification, resultText, verificationPage } from '../../../src/ui/verification.ts';

const good: Verification = {
  schema: 'holograph.verification',
  version: 1,
  consistent: true,
  keyKnown: false,
  anchoredTo: null,
  anchoredAt: null,
  timeStamps: [],
  signatures: [],
  wrong: [],
  notChecked: [],
  subject: { form: 'package' },
};
const bad: Verification = { ...good, consistent: false, wrong: [{ member: 'a_b\u202e.md', what: 'changed' }] };
const read = (given: unknown) => readVerification(JSON.stringify(given));

describe('the result of a verification', () => {
  it('is asked for again with a seal line or a fingerprint that the person has', () => {
    assert.deepEqual(heldArguments('  holograph-seal:1:j:3:x:y '), ['--since=holograph-seal:1:j:3:x:y']);
    assert.deepEqual(heldArguments('71f9 311b'), ['--key=71f9 311b']);
    assert.deepEqual(heldArguments('--json'), ['--key=--json']);
    assert.deepEqual(heldArguments(' '), []);
  });

  it('is read from an answer of ours, and from nothing else', () => {
    assert.deepEqual(read(good), good);
    for (const other of ['', 'no', '{}', 'null', '{"consistent":true}'])
      assert.equal(readVerification(other), undefined);
  });

  for (const language of languages) {
    const texts = new Texts(language);
    it(`says in ${language} that nobody vouches for the key, and that events may be cut off`, () => {
      assert.notEqual(resultText(good, texts), resultText({ ...good, keyKnown: true }, texts));
    });

    it(`lists in ${language} what is wrong, inert, and its limits`, () => {
      const page = verificationPage('a_b.zip', bad, texts);
      assert.match(page, /a&#95;b&#92;u/);
      assert.ok(!page.includes('\u202e'));
      assert.notEqual(resultText(bad, texts), resultText(good, texts));
    });
  }
});
