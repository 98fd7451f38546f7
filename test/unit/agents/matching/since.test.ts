import assert from 'node:assert/strict';
import { type Match, Matcher } from '../../../../src/agents/matching/match.ts';
import { plainDigest } from '../../../../src/agents/plainText.ts';
import { change, edit, kinds, minute, picture } from './matching.ts';

const digestsOf = (before: string, after: string) => ({
  beforeDigest: plainDigest(before),
  afterDigest: plainDigest(after),
});

describe('a change that was seen late', () => {
  const [b, c] = ['one 2222 three\n', 'one 2222 three\nfour five six seven\n'];

  it('is taken to have come at any time since somebody had looked', async () => {
    const hour = 60 * minute;
    for (const [since, told] of [
      [undefined, false],
      [hour, false],
      [10 * minute, true],
    ] as const) {
      for (const order of [0, 1]) {
        const matcher = new Matcher();
        const seen = { ...change(1, b, c, { time: 12 * hour }), ...(since !== undefined && { since }) };
        const replaced = { old: 'three\n', new: c.slice(9), all: false };
        const steps = [
          () => matcher.addChange(seen),
          () => matcher.addEdit(edit('x', undefined, undefined, { replaced, time: 10 * minute })),
        ];
        const found: Match[] = [];
        for (const step of order === 0 ? steps : steps.reverse()) {
          step();
          found.push(...(await matcher.matches()));
        }
        assert.equal(picture(seen, found), (told ? 'x' : '.').repeat(20), `${since} ${order}`);
      }
    }
  });

  for (const kept of [true, false]) {
    it(`is ${kept ? '' : 'not '}explained anew by what says more than the journal ${kept ? 'has' : 'or another record said'}`, async () => {
      const matcher = new Matcher();
      const { before: _, after: __, ...digests } = { ...edit('x', b, c), ...digestsOf(b, c), unchecked: true as const };
      if (kept) matcher.addKept([digests]);
      else matcher.addEdit(digests);
      const seen = change(1, b, c);
      matcher.addChange(seen);
      assert.deepEqual(kinds(await matcher.matches()), ['ai.agent reported agent.texts']);
      matcher.addEdit(edit('x', b, c));
      assert.deepEqual(kinds(await matcher.matches()), kept ? ['ai.agent proven agent.texts'] : []);
    });
  }

  it('is explained by two accounts that the journal has of one edit, unless a record has told of it before', async () => {
    for (const before of [true, false]) {
      const matcher = new Matcher();
      if (before) matcher.addEdit(edit('x', b, c));
      const { prompt: _, ...first } = {
        ...edit('x', undefined, undefined),
        ...digestsOf(b, c),
        unchecked: true as const,
      };
      matcher.addKept([first, edit('x~', undefined, undefined, { prompt: 'asked' })]);
      matcher.addChange(change(1, b, c));
      const [match, ...others] = await matcher.matches();
      assert.deepEqual(others, []);
      assert.deepEqual(match?.edits, before ? ['x'] : ['x~']);
      assert.equal(match?.ranges[0]?.origin.prompt, before ? 'prompt of x' : 'asked');
      assert.equal(match?.ranges[0]?.origin.basis, before ? 'proven' : 'reported');
    }
  });
});
