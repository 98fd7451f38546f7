import assert from 'node:assert/strict';
import { Texts } from '../../../src/host/texts.ts';
import { readVerification, verificationPage, verificationText } from '../../../src/ui/verification.ts';

const texts = new Texts('en');
const said = (json: unknown) => {
  const verification = readVerification(JSON.stringify(json));
  return verification && verificationText(verification, texts);
};

describe('the result of a verification', () => {
  const cases: [json: unknown, text: RegExp][] = [
    [{ consistent: true, keyKnown: true, anchoredTo: null, wrong: [] }, /signed with a known key/],
    [
      { consistent: true, keyKnown: false, anchoredTo: null, wrong: [] },
      /its key is not vouched for, and later events may have been cut off/,
    ],
    [{ consistent: true, wrong: [] }, /not vouched for/],
    [{ consistent: false, keyKnown: true, wrong: [{ member: 'a' }] }, /not consistent/],
    [{ consistent: 'yes', keyKnown: 'yes' }, /not consistent/],
  ];
  for (const [json, text] of cases) it(JSON.stringify(json), () => assert.match(said(json) ?? '', text));

  it('is none when the answer is no answer', () => {
    for (const text of ['', 'no', '{}', '[]', 'null', '{"consist']) assert.equal(readVerification(text), undefined);
  });

  it('lists what is wrong, inert', () => {
    const verification = readVerification(
      JSON.stringify({ consistent: false, wrong: ['data/<script>', { member: 'x' }] }),
    );
    assert.ok(verification);
    const page = verificationPage('a_b.zip', verification, texts);
    assert.doesNotMatch(page, /<script>/);
    assert.match(page, /^# Verification of a&#95;b/);
    assert.match(page, /does not show who sat at the keyboard/);
  });
});
