import assert from 'node:assert/strict';
import { likeCell } from '../../../src/capture/likeCells.ts';

const cell = (name: string, text: string, at: number, id?: string) => ({
  tracker: { name, holds: (other: string) => other === text },
  at,
  ...(id === undefined ? {} : { id }),
});
const long = 'frame.groupby("author").count()';

describe('a new cell of a notebook', () => {
  const names = (...args: Parameters<typeof likeCell<ReturnType<typeof cell>['tracker']>>) =>
    likeCell(...args).map(({ name }) => name);

  for (const [what, text, at, expected] of [
    ['right beside one with its text is a copy', 'x = 1', 3, ['a']],
    ['elsewhere, with the same few words, is none', 'x = 1', 7, []],
    ['elsewhere, with many, is one', long, 7, ['b']],
  ] as const)
    it(what, () =>
      assert.deepEqual(names({ text, at }, [], [cell('a', 'x = 1', 2), cell('b', long, 0)], false), expected),
    );

  it('is one that went when it came, each once', () => {
    const gone = [cell('a', 'x', 4)];
    assert.deepEqual(names({ text: 'x', at: 9 }, gone, [], false), ['a']);
    assert.deepEqual(names({ text: 'x', at: 11 }, gone, [], false), []);
  });

  it('that was read anew from the file is an old one by its id alone', () => {
    const gone = () => [cell('a', 'x', 0, 'one'), cell('b', 'x', 1, 'two')];
    assert.deepEqual(names({ text: 'x', at: 5, id: 'two' }, gone(), [], true), ['b']);
    assert.deepEqual(names({ text: 'x', at: 1, id: 'three' }, gone(), [cell('c', 'x', 0)], true), []);
    assert.deepEqual(names({ text: 'x', at: 1 }, gone(), [], true), []);
  });
});
