import assert from 'node:assert/strict';
import type { AgentEdit } from '../../../../src/agents/agent.ts';
import { Matcher } from '../../../../src/agents/matching/match.ts';
import { align } from '../../../../src/text/diff.ts';
import { change, edit, kinds, minute, shown } from './matching.ts';

const replaced = (old: string, next: string): Partial<AgentEdit> => ({ replaced: { old, new: next, all: false } });
const whole = (before: string, after: string): Partial<AgentEdit> => ({ before, after });

/** Edits x, y …; our text before; ours after, each new passage in `[` `]` with its edit where it is told, else in `{` `}`. */
type Case = readonly [edits: readonly Partial<AgentEdit>[], before: string, picture: string, ...rules: string[]];

const old = 'The wind fell.\nNobody came.\n';
const told = 'At dusk an old man led two thin horses over the ridge.\n';
const proposal = replaced('fell.\n', `fell.\n${told}`);
const imports = replaced('b\n', 'b\nimport { one } from "one";\nimport { two } from "two";\n');

const cases: Readonly<Record<string, Case>> = {
  'a formatter put in spaces and signs: they are nobody’s': [
    [replaced('f()', 'f(aa,bb)')],
    'x = f()\n',
    'x = f([x:aa,]{ }[x:bb)]{;}\n',
    'formatted',
  ],
  'a formatter after whole texts': [
    [whole('a\n', 'a\nfor(;;){go(1,2)}\n')],
    'a\n',
    'a\n[x:for]{ }[x:(;;)]{ }[x:{]{\n  }[x:go(1,]{ }[x:2)]{;\n}[x:}\n]',
    'formatted',
  ],
  'a formatter after two edits: each has its own': [
    [replaced('a\n', 'a\nlet one=1\n'), replaced('z\n', 'let nine=9\nz\n')],
    'a\nz\n',
    'a\n[x:let one]{ }[x:=]{ }[x:1]{;}[x:\n][y:let nine]{ }[y:=]{ }[y:9]{;}[y:\n]z\n',
    'formatted',
    'formatted',
  ],
  'two replacements that were seen as one step': [
    [replaced('a\n', 'a\nb\n'), replaced('z\n', 'y\nz\n')],
    'a\nz\n',
    'a\n[x:b\n][y:y\n]z\n',
    'newText',
    'newText',
  ],
  'lines in another order, one indented anew': [
    [imports],
    'b\nc\n',
    'b\n[x:import { two } from "two";\n]{  }[x:import { one } from "one";]{\n}c\n',
    'lines',
  ],
  'a person took half of it and wrote on': [
    [proposal],
    old,
    'The wind fell.\n[x:At dusk an old man led two]{ mules home.\n}Nobody came.\n',
    'words',
  ],
  'a person changed one word of it': [
    [proposal],
    old,
    'The wind fell.\n[x:At dusk an old man led two]{ fat }[x:horses over the ridge.\n]Nobody came.\n',
    'words',
  ],
  'a person wrote something else, with some of its words': [
    [proposal],
    old,
    'The wind fell.\n{At dusk the horses were gone.\n}Nobody came.\n',
  ],
  'our text was another than the record’s elsewhere': [
    [whole(`# One\n${old}`, `# One\n${old.replace('fell.\n', `fell.\n${told}`)}`)],
    `# Two\n${old}`,
    `# Two\nThe wind fell.\n[x:${told}]Nobody came.\n`,
    'newText',
  ],
  'long ago': [[{ ...proposal, time: -6 * minute }], old, `The wind fell.\n{${told}}Nobody came.\n`],
};

it('an edit whose whole texts have explained a change is not made again before another', async () => {
  const matcher = new Matcher();
  const [first, second, third] = ['a\n', 'a\nlet two=1\n', 'a\nlet two=1\nlet two = 2\n'];
  matcher.addChange(change(1, first, second));
  matcher.addEdit(edit('x', first, second, replaced('a\n', 'a\nlet two=1\n')));
  const seen = change(2, second, third);
  matcher.addChange(seen);
  matcher.addEdit(edit('y', undefined, undefined, replaced('two=1\n', 'two=1\nlet two=2\n')));
  const found = await matcher.matches();
  assert.equal(await shown(seen, found), 'a\nlet two=1\n[y:let two]{ }[y:=]{ }[y:2\n]');
});

it('a busy agent’s edits are not each compared with each change of the file', async () => {
  let compared = 0;
  const matcher = new Matcher('/work', async (one, other) => {
    compared++;
    return align(one, other);
  });
  const count = 60;
  for (let n = 0; n < count; n++) {
    const more = { ...whole(`x ${n}\n${old}`, `x ${n}\n${told}${old}`), time: n * 1000 };
    matcher.addChange(change(n, old, `${old}The horses of an old man ${n}.\n`, { time: n * 1000 }));
    matcher.addEdit(edit(`x${n}`, undefined, undefined, more));
    assert.deepEqual(await matcher.matches(), []);
  }
  assert.ok(compared < 2 * count * count, `${compared}`);
});

describe('what an edit tells of text that something else has changed too', () => {
  for (const [what, [edits, before, picture, ...rules]] of Object.entries(cases)) {
    it(what, async () => {
      const after = picture.replace(/\[\w:([^\]]*)\]|\{([^}]*)\}/gs, '$1$2');
      const matcher = new Matcher();
      const seen = change(1, before, after);
      matcher.addChange(seen);
      for (const [i, more] of edits.entries()) matcher.addEdit(edit('xyz'[i]!, undefined, undefined, more));
      const found = await matcher.matches();
      assert.equal(await shown(seen, found), picture);
      assert.deepEqual(
        kinds(found),
        rules.map(rule => `ai.agent reported agent.${rule}`),
      );
    });
  }
});
