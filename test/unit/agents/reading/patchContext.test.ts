import assert from 'node:assert/strict';
import type { AgentEdit } from '../../../../src/agents/agent.ts';
import { Matcher } from '../../../../src/agents/matching/match.ts';
import { change, edit, shown } from '../matching/matching.ts';

const old = 'one\ntwo\nthree\n';
const others = 'A line that another program put in.\n';
const own = 'What the patch puts in.\n';
const now = `one\n${others}two\n${own}three\n`;
const patch = (before: string, after: string): Partial<AgentEdit> => ({
  replaced: { old: before, new: after, all: false },
});

/** Patches repeat the lines around what they change; those may be new to us, and nobody's or another's. */
describe('what stands around a patch', () => {
  const told = patch(`one\n${others}two\nthree\n`, now);
  const cases: readonly (readonly [name: string, edits: readonly AgentEdit[], picture: string])[] = [
    ['is not the tool’s', [edit('x', undefined, undefined, told)], `one\n{${others}}two\n[x:${own}]three\n`],
    [
      'is the other tool’s',
      [edit('x', undefined, undefined, told), edit('y', old, `one\n${others}two\nthree\n`)],
      `one\n[y:${others}]two\n[x:${own}]three\n`,
    ],
  ];
  for (const [name, edits, picture] of cases) {
    it(name, async () => {
      const matcher = new Matcher('/work');
      const of = change(1, old, now);
      matcher.addChange(of);
      for (const one of edits) matcher.addEdit(one);
      assert.equal(await shown(of, await matcher.matches()), picture);
    });
  }
});
