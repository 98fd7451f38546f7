import assert from 'node:assert/strict';
import type { ServerAnswer, TimestampDocument } from '../../../src/cli/timestamp.ts';
import { languages, Texts } from '../../../src/host/texts.ts';
import { readAnswers, timeStampText } from '../../../src/ui/timeStampText.ts';

const server = 'http://clock.example/tsr';
const stamped: ServerAnswer = {
  server,
  outcome: 'stamped',
  time: '2026-11-22T13:16:54+00:00',
  authority: 'Clock',
  standing: 'wellKnown',
  root: '0'.repeat(64),
};
const document = (...servers: readonly ServerAnswer[]): TimestampDocument => ({
  schema: 'holograph.timestamp',
  version: 1,
  journal: 'j',
  size: 1234,
  servers,
});

describe('what time stamp servers answered', () => {
  it('is read from an answer of ours, and from nothing else', () => {
    assert.deepEqual(readAnswers(JSON.stringify(document(stamped))), document(stamped));
    for (const other of ['', '{}', 'null', '{"schema":"holograph.status"}'])
      assert.equal(readAnswers(other), undefined);
  });

  for (const language of languages) {
    const texts = new Texts(language);
    const said = (answer: ServerAnswer) => timeStampText(document(answer), texts);

    it(`is said in ${language}: by whom, when, over how much`, () => {
      const text = said(stamped);
      for (const part of ['Clock', texts.number(1234), texts.dateTime(Date.parse(stamped.time!))])
        assert.ok(text.includes(part), `${text}: ${part}`);
    });

    it(`says more in ${language} where nobody stands for the clock, or it cannot be checked`, () => {
      const [unknown, elsewhere] = (['unknown', 'elsewhere'] as const).map(standing => said({ ...stamped, standing }));
      assert.ok(unknown!.length > said(stamped).length && elsewhere!.length > said(stamped).length);
      assert.notEqual(unknown, elsewhere);
    });

    it(`says in ${language} why there is none, by the server's name alone`, () => {
      const failed = (problem: string) => said({ server, outcome: 'failed', problem });
      const texts = ['unreachable', 'slow', 'tokenSignature'].map(failed);
      assert.equal(new Set(texts).size, 3);
      assert.equal(failed('tokenSignature'), failed('refused'));
      for (const text of texts) assert.ok(text.startsWith('clock.example:'), text);
    });
  }
});
