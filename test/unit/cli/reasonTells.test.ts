import assert from 'node:assert/strict';
import { repeats } from '../../../src/cli/reasonTells.ts';

const long =
  'She had hidden the letters of Petrov under the floor of the old house by the river, 14 of them, in a tin.';

describe('a reason', () => {
  for (const [reason, passage, says] of [
    ['about Petrov', 'Petrov lied.', true],
    ['about petrov', 'Petrov lied.', true],
    ['a private matter', 'Petrov lied.', false],
    ['he lied', 'He lied.', true],
    ['as he said', 'He lied.', false],
    ['account 4400', 'no. 4400', true],
    ['a 7', '7', true],
    ['a secret', 'a', false],
    ['third person’s data', long, false],
    ['the old house is real', long, true],
    ['THE  OLD,\nHOUSE', long, true],
    ['a house and a river', long, false],
    ['имя Петрова', 'Письмо Петрова', true],
    ['жеке дерек', 'Айгүлдің хаты', false],
    ['Айгүлдің дерегі', 'Айгүлдің хаты', true],
    ['', long, false],
    ['anything', '', false],
  ] as const) {
    it(`${says ? 'tells' : 'does not tell'}: ${JSON.stringify(reason)} of ${JSON.stringify(passage.slice(0, 24))}`, () =>
      assert.equal(repeats(reason, passage), says));
  }
});
