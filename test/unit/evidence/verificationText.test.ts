import assert from 'node:assert/strict';
import { redactedNote, verificationOf } from '../../../src/evidence/verification.ts';
import { verificationText } from '../../../src/evidence/verificationText.ts';

const of = (wrong: string | undefined, reason = 'event 7 of mine') =>
  verificationOf({
    subject: { form: 'journal' },
    wrong: wrong === undefined ? [] : [{ member: '', what: 'journal', detail: wrong }],
    notChecked: [redactedNote('', { sequence: 53, time: 0, zone: 0, by: 'person', parts: 3, digests: 2, reason })],
    keyKnown: false,
    anchoredTo: null,
  });

describe('a verification in words', () => {
  for (const [language, first, wrong, event, taken] of [
    [
      'en',
      /^consistent; /,
      /^not consistent; wrong: 1$/,
      '(event 12: link: x)',
      'words and letters: 3, digests: 2; event 53: ',
    ],
    [
      'ru',
      /^непротиворечиво; /,
      /^противоречиво; нарушений: 1$/,
      '(событие 12: link: x)',
      'слов и букв: 3, хеш-сумм: 2; событие 53: ',
    ],
    ['kk', /^үйлесімді; /, /^үйлесімсіз; /, '(12-оқиға: link: x)', 'сөздер мен әріптер: 3, хеш-сомалар: 2; 53-оқиға: '],
  ] as const) {
    it(`${language}: names events and what was taken out in that language, and leaves the reason as it is`, () => {
      const [sentence = '', note = ''] = verificationText(of(undefined), language);
      assert.match(sentence, first);
      assert.ok(note.includes(`(${taken}event 7 of mine)`), note);
      const [not = '', line = ''] = verificationText(of('event 12: link: x'), language);
      assert.match(not, wrong);
      assert.ok(line.includes(event), line);
    });
  }
});
