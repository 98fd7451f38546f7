import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { AgentEdit } from '../../../../src/agents/agent.ts';
import { type Match, Matcher } from '../../../../src/agents/matching/match.ts';
import { plainDigest } from '../../../../src/agents/plainText.ts';
import { change, edit, kinds, minute, picture } from './matching.ts';

describe('Matcher', () => {
  const [a, b, c] = ['one two three\n', 'one 2222 three\n', 'one 2222 three\nfour five six seven\n'];

  it("proves a change whose texts before and after are the edit's, whichever comes first", async () => {
    const seen = change(1, a, b);
    for (const order of [0, 1]) {
      const matcher = new Matcher();
      const steps = [() => matcher.addEdit(edit('x', a, b)), () => matcher.addChange(seen)];
      steps[order]!();
      assert.deepEqual(await matcher.matches(), []);
      steps[1 - order]!();
      const found = await matcher.matches();
      assert.equal(picture(seen, found), 'xxxx');
      assert.deepEqual(kinds(found), ['ai.agent proven agent.texts']);
      assert.deepEqual(found[0]?.edits, ['x']);
      assert.deepEqual(await matcher.matches(), []);
    }
  });

  it('gives each new run to the edit of a chain that brought it', async () => {
    const matcher = new Matcher();
    const seen = change(1, a, c);
    matcher.addChange(seen);
    matcher.addEdit(edit('y', b, c, { time: 10 * minute }));
    assert.deepEqual(await matcher.matches(), []);
    matcher.addEdit(edit('x', a, b));
    const found = await matcher.matches();
    assert.equal(picture(seen, found), `xxxx${'y'.repeat(20)}`);
    assert.deepEqual(kinds(found), ['ai.agent proven agent.chain', 'ai.agent proven agent.chain']);
  });

  it('says what a chain proves even when it cannot say which prompt led to it', async () => {
    const matcher = new Matcher();
    const seen = change(1, a, c);
    matcher.addChange(seen);
    const digests = { beforeDigest: plainDigest(a), afterDigest: plainDigest(b) };
    matcher.addEdit({ ...edit('x', undefined, undefined), ...digests });
    matcher.addEdit(edit('y', b, c));
    assert.equal(picture(seen, await matcher.matches()), '?'.repeat(24));
  });

  it('explains a change that was seen in two steps', async () => {
    const matcher = new Matcher();
    const steps = [change(1, a, ''), change(2, '', c)];
    for (const step of steps) matcher.addChange(step);
    matcher.addEdit(edit('x', a, c));
    const found = await matcher.matches();
    const kept = `....xxxx${'.'.repeat(7)}${'x'.repeat(20)}`;
    assert.equal(picture(steps[1]!, found), kept);
  });

  it('takes line ends and a byte order mark for no difference', async () => {
    const matcher = new Matcher();
    const seen = change(1, a, b);
    matcher.addChange(seen);
    matcher.addEdit(edit('x', `\uFEFF${a.replaceAll('\n', '\r\n')}`, b.replaceAll('\n', '\r\n')));
    assert.equal(picture(seen, await matcher.matches()), 'xxxx');
  });

  it('takes a file that was not there for an empty text', async () => {
    const matcher = new Matcher();
    const seen = change(1, '', a);
    matcher.addChange(seen);
    matcher.addEdit(edit('x', null, a));
    assert.equal(picture(seen, await matcher.matches()), 'x'.repeat(a.length));
  });

  it('knows the edit of a change that only took text away', async () => {
    const matcher = new Matcher();
    matcher.addChange(change(1, a, 'one\n'));
    matcher.addEdit(edit('x', a, 'one\n'));
    const actor = { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts', prompt: 'prompt of x' };
    assert.deepEqual(await matcher.matches(), [{ act: 1, actor, edits: ['x'], ranges: [] }]);
  });

  it('of two equal edits takes the one nearer in time', async () => {
    const matcher = new Matcher();
    for (const [id, time] of [
      ['x', 0],
      ['y', 50 * minute],
    ] as const)
      matcher.addEdit(edit(id, a, b, { time }));
    const seen = [change(1, a, b, { time: minute }), change(2, a, b, { time: 49 * minute })];
    for (const one of seen) matcher.addChange(one);
    const found = await matcher.matches();
    assert.deepEqual(
      seen.map(one => picture(one, found)),
      ['xxxx', 'yyyy'],
    );
  });

  describe('without whole texts', () => {
    const more = 'The agent wrote this sentence here.\n';
    const replaced = { old: 'two', new: '2222', all: false };
    const cases: readonly (readonly [string, AgentEdit, string, string, string])[] = [
      ['a replacement that gives our text', edit('x', undefined, undefined, { replaced }), a, b, 'xxxx'],
      [
        'new text that stands in ours beside other new text',
        edit('x', 'q', `q${more}`),
        a,
        `${a}${more}Someone's line.\n`,
        `${'x'.repeat(0)}`,
      ],
      [
        'a replacement five minutes ago',
        edit('x', undefined, undefined, { replaced, time: -5 * minute }),
        a,
        b,
        'xxxx',
      ],
      ['a replacement longer ago', edit('x', undefined, undefined, { replaced, time: -5 * minute - 1 }), a, b, '....'],
      [
        'a replacement in another file',
        edit('x', undefined, undefined, { replaced, file: '/work/b.md' }),
        a,
        b,
        '....',
      ],
      ['another replacement', edit('x', undefined, undefined, { replaced: { ...replaced, new: '222' } }), a, b, '....'],
      ['short new text', edit('x', 'q', 'q2222'), a, b, '....'],
      ['a written file whose text before is not known', edit('x', undefined, b), a, b, '....'],
    ];
    for (const [what, one, before, after, is] of cases) {
      if (is === '') continue;
      it(`${is.includes('.') ? 'is not sure of' : 'reports'} ${what}`, async () => {
        const matcher = new Matcher();
        const seen = change(1, before, after);
        matcher.addChange(seen);
        matcher.addEdit(one);
        const found = await matcher.matches();
        assert.equal(picture(seen, found), is);
        assert.deepEqual(kinds(found), is.includes('.') ? [] : ['ai.agent reported agent.newText']);
      });
    }

    it('reports the runs that new text covers and leaves the others', async () => {
      const matcher = new Matcher();
      const after = `Mine now.\n${a}${more}`;
      const seen = change(1, a, after);
      matcher.addChange(seen);
      matcher.addEdit(edit('x', 'q\n', `q\n${more}`));
      assert.equal(picture(seen, await matcher.matches()), `${'.'.repeat(10)}${'x'.repeat(more.length)}`);
    });

    it('of an edit whose text after is ours takes only what it brought itself', async () => {
      const matcher = new Matcher();
      const seen = change(1, a, `X ${b}`);
      matcher.addChange(seen);
      matcher.addEdit(edit('x', `X ${a}`, `X ${b}`));
      assert.equal(picture(seen, await matcher.matches()), '..xxxx');
    });

    it('proves later what was reported first', async () => {
      const matcher = new Matcher();
      const seen = change(1, a, b);
      matcher.addChange(seen);
      matcher.addEdit(edit('x', undefined, undefined, { replaced }));
      assert.deepEqual(kinds(await matcher.matches()), ['ai.agent reported agent.newText']);
      matcher.addEdit(edit('y', a, b));
      assert.deepEqual(kinds(await matcher.matches()), ['ai.agent proven agent.texts']);
    });
  });

  it('finds the same whatever the order of arrival, and only what the edits brought', async () => {
    const word = fc.constantFrom('alpha ', 'beta ', 'gamma ', 'delta ', 'omega\n');
    const texts = fc.uniqueArray(
      fc.array(word, { maxLength: 8 }).map(words => words.join('')),
      { minLength: 3, maxLength: 6 },
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.nat(), fc.infiniteStream(fc.nat()), async (states, split, order) => {
        const edits = states.slice(1).map((after, i) => edit(`${'vwxyz'[i]}`, states[i]!, after));
        const at = 1 + (split % (states.length - 1));
        const changes = [change(1, states[0]!, states[at]!)];
        if (at < states.length - 1) changes.push(change(2, states[at]!, states.at(-1)!));
        const pictures: string[] = [];
        for (const shuffled of [false, true]) {
          const matcher = new Matcher();
          const steps = [
            ...edits.map(one => () => matcher.addEdit(one)),
            ...changes.map(one => () => matcher.addChange(one)),
          ];
          if (shuffled)
            for (let i = steps.length - 1; i > 0; i--) steps.push(...steps.splice(order.next().value! % (i + 1), 1));
          const found: Match[] = [];
          for (const step of steps) {
            step();
            found.push(...(await matcher.matches()));
          }
          assert.ok(kinds(found).every(kind => kind.startsWith('ai.agent')));
          assert.deepEqual(new Set(found.map(match => match.act)), new Set(changes.map(one => one.act)));
          pictures.push(changes.map(one => picture(one, found)).join('|'));
        }
        assert.equal(pictures[0]?.length, pictures[1]?.length);
      }),
      { numRuns: 100 },
    );
  });

  describe('of two accounts of one edit', () => {
    const replaced = { old: 'two', new: '2222', all: false };
    const [bare, named] = [{ prompt: undefined }, { prompt: 'prompt of x' }] as const;
    const [seen, late] = ['ai.agent reported agent.texts', 'ai.agent proven agent.texts'];
    type Account = readonly [before: string | undefined, after: string | undefined, more: object];
    const cases: readonly (readonly [what: string, Account, Account, string, string[]])[] = [
      ['the prompt', [a, b, bare], [undefined, undefined, named], 'xxxx', [late, late]],
      [
        'what proves',
        [undefined, undefined, { replaced, ...named }],
        [a, b, named],
        'xxxx',
        ['ai.agent reported agent.newText', late],
      ],
      ['what was checked', [a, b, { unchecked: true }], [a, b, named], 'xxxx', [seen, late]],
      [
        'no text that was not',
        [a, b, { ...bare, unchecked: true }],
        [undefined, undefined, named],
        'xxxx',
        [seen, seen],
      ],
      ['nothing new', [a, b, named], [a, b, named], 'xxxx', [late]],
    ];
    for (const [what, first, second, is, found] of cases) {
      it(`the second gives ${what}`, async () => {
        const matcher = new Matcher();
        const of = change(1, a, b);
        matcher.addChange(of);
        matcher.addEdit(edit('x', ...first));
        const matches = [...(await matcher.matches())];
        matcher.addEdit({ ...edit('x', ...second), id: 'x~' });
        matches.push(...(await matcher.matches()));
        assert.equal(picture(of, matches), is);
        assert.deepEqual(kinds(matches), found);
        assert.deepEqual(await matcher.matches(), []);
      });
    }
  });

  it('of completions says that they are, and of a worktree’s edits no more than that they are reported', async () => {
    const says = async (more: Partial<AgentEdit>) => {
      const matcher = new Matcher();
      matcher.addChange(change(1, a, b));
      matcher.addEdit(edit('x', a, b, more));
      return kinds(await matcher.matches());
    };
    assert.deepEqual(await says({ completion: true }), ['ai.completion proven agent.texts']);
    assert.deepEqual(await says({ elsewhere: true }), ['ai.agent reported agent.texts']);
  });

  it('knows what another worktree’s edits brought when it is merged, hours later, one or all together', async () => {
    const [one, two] = ['At dusk an old man came over the ridge.\n', 'He led two thin horses and a dog.\n'];
    const edits = [
      edit('x', a, `${one}${a}`, { elsewhere: true }),
      edit('y', `${one}${a}`, `${one}${a}${two}`, { elsewhere: true, time: minute }),
    ];
    const late = { time: 600 * minute };
    const seen = [change(1, a, `${one}${a}${two}`, late), change(2, `Mine.\n${a}`, `Mine.\n${one}${a}${two}`, late)];
    for (const order of [0, 1]) {
      const matcher = new Matcher();
      const steps = [() => edits.map(told => matcher.addEdit(told)), () => seen.map(of => matcher.addChange(of))];
      steps[order]!();
      steps[1 - order]!();
      const found = await matcher.matches();
      for (const of of seen) assert.equal(picture(of, found), 'x'.repeat(one.length) + 'y'.repeat(two.length));
      assert.ok(kinds(found).every(kind => kind.startsWith('ai.agent reported')));
    }
  });

  it('takes hold of relative paths and of paths written otherwise', async () => {
    const matcher = new Matcher('/work');
    const seen = change(1, a, b, { path: 'a.md' });
    matcher.addChange(seen);
    matcher.addEdit(edit('x', a, b, { file: '/work/./sub/../a.md' }));
    assert.equal(picture(seen, await matcher.matches()), 'xxxx');
  });
});
