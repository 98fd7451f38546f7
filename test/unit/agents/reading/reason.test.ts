import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { reasonOf } from '../../../../src/agents/reading/reason.ts';

const thrown = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error;
  }
};

describe('why something could not be read', () => {
  const cases: readonly (readonly [name: string, act: () => unknown, reason: string])[] = [
    ['names no path', () => readFileSync('/nowhere/of/mine'), 'ENOENT'],
    ['quotes no text', () => JSON.parse('secret'), 'no JSON'],
    [
      'is a word where the bytes are no text',
      () => new TextDecoder('utf-8', { fatal: true }).decode(Buffer.of(255)),
      'ERR_ENCODING_INVALID_ENCODED_DATA',
    ],
    [
      'is the kind of any other fault',
      () => {
        throw new RangeError('of mine');
      },
      'RangeError',
    ],
  ];
  for (const [name, act, reason] of cases) it(name, () => assert.equal(reasonOf(thrown(act)), reason));
});
