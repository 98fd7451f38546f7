import assert from 'node:assert/strict';
import type { Acts } from '../../../src/evidence/acts.ts';
import { makeReport } from '../../../src/evidence/report.ts';
import type { Origin } from '../../../src/provenance/origin.ts';
import { Story, typed } from '../../support/story.ts';

const ghost: Origin = { kind: 'ai.completion', basis: 'asserted', rule: 'mark.commit' };
const unknown: Origin = { kind: 'unknown', basis: 'none', rule: 'none' };
const page = 'a.md';

/** The acts of a story on one page. */
function acts(tell: (story: Story) => void): Acts {
  const story = new Story('acts', '2026-11-12T04:10:00Z', 'Acts');
  story.session();
  story.baseline(page, 'before ');
  story.open(page);
  tell(story);
  story.save(page);
  return makeReport([story.source()]).acts;
}

describe('acts', () => {
  it('tell whose text was removed, and by whom', () =>
    assert.deepEqual(
      acts(story => {
        story.insert(page, 'written by a model ', ghost);
        story.type(page, 'mine ');
        story.replace(page, 'by a model ', '', typed);
        story.replace(page, 'mine ', '', unknown);
        story.replace(page, 'before', 'after', ghost);
      }).removed,
      { earlier: { machine: 6 }, human: { unknown: 5 }, machine: { human: 11 } },
    ));

  it('do not count as removed what stands elsewhere: that was moved', () =>
    assert.deepEqual(
      acts(story => {
        story.insert(page, 'a scene ', ghost);
        story.type(page, 'x');
        story.move(page, 'a scene ', 'x', 'paste');
      }),
      { removed: {}, moved: { machine: { human: 8 } } },
    ));

  it('count a character once, for who removed it last', () =>
    assert.deepEqual(
      acts(story => {
        story.insert(page, 'a scene', ghost);
        story.type(page, 'x');
        story.move(page, 'a scene', 'x', 'undo');
        story.replace(page, 'scene', '', unknown);
      }),
      { removed: { machine: { unknown: 5 } }, moved: {} },
    ));

  it('are not told of before they are done', () => {
    const ahead = (acts: number[]) => (story: Story) =>
      story.add({ kind: 'resolution', ranges: [], origin: ghost, acts });
    assert.throws(() => acts(ahead([1000])), /an act that is not before it/);
    assert.throws(() => acts(ahead([-1])), /an act that is not before it/);
  });

  it('name who took text out of a notebook’s cell, not the save that wrote the file without it', () => {
    const story = new Story('cells', '2026-11-12T04:10:00Z', 'Cells');
    story.session();
    story.baseline(page, 'abcd');
    const baseline = story.events.find(event => event.kind === 'baseline');
    assert.ok(baseline?.kind === 'baseline');
    const spans = [{ length: 4, serial: baseline.first }];
    const head = { kind: 'changed', document: 1, placement: 'insert', findings: [] } as const;
    story.add({ kind: 'opened', document: 1, tracker: 1, cell: 'c', path: page, format: baseline.format });
    const cell = { ...head, tracker: 1, first: baseline.first + 4, observation: { by: 'open' } } as const;
    story.add({ ...cell, version: 1, changes: [{ from: 0, to: 0, spans }] }, ['abcd']);
    story.add({ ...cell, version: 2, changes: [{ from: 0, to: 2 }], actor: typed }, ['']);
    const saved = {
      ...head,
      tracker: 0,
      version: 0,
      first: baseline.first + 4,
      observation: { by: 'editor' },
    } as const;
    story.add({ ...saved, changes: [{ from: 0, to: 2 }], actor: unknown }, ['']);
    story.page(page).text = 'cd';
    story.save(page);
    assert.deepEqual(makeReport([story.source()]).acts.removed, { earlier: { human: 2 } });
  });

  it('take over what an agent’s record says of them later', () => {
    const tell = (resolved: boolean) => (story: Story) => {
      story.close(page);
      story.outside(page, ' ');
      const sequence = story.events.length - 1;
      const origin: Origin = { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts' };
      if (resolved) story.add({ kind: 'resolution', ranges: [], origin, acts: [sequence] });
      story.open(page);
    };
    assert.deepEqual(acts(tell(false)).removed, { earlier: { unknown: 6 } });
    assert.deepEqual(acts(tell(true)).removed, { earlier: { machine: 6 } });
  });

  for (const [named, removed] of [
    [0, { unknown: 6, machine: 1 }],
    [1, { unknown: 1, machine: 6 }],
  ] as const) {
    it(`take over only what it names: act ${named} of two that took out neighbours`, () =>
      assert.deepEqual(
        acts(story => {
          story.close(page);
          const sequence = story.events.length + named;
          story.outside(page, 'before');
          story.outside(page, '');
          const origin: Origin = { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts' };
          story.add({ kind: 'resolution', ranges: [], origin, acts: [sequence] });
          story.open(page);
        }).removed,
        { earlier: removed },
      ));
  }

  it('count what became of tools’ edits, each edit once, by its last decision', () => {
    const story = new Story('edits', '2026-11-12T04:10:00Z', 'Edits');
    story.session();
    const edit = (id: string, agent: string, path = 'a.md') =>
      story.add({ kind: 'agentEdit', id, agent, conversation: 'c', made: 1, path, gives: 'none' });
    const decide = (id: string, decided: number, outcome: 'accepted' | 'rejected' | 'undone') =>
      story.add({ kind: 'decision', edit: id, agent: 'x', decided, outcome });
    for (const id of ['x:c:1', 'x:c:2', 'x:c:2~', 'x:c:3', 'x:c:4']) edit(id, 'x');
    edit('w:c:1', 'w');
    edit('w:c:2', 'w', 'other.md');
    decide('x:c:1', 9, 'undone');
    decide('x:c:1', 3, 'accepted');
    decide('x:c:2', 3, 'accepted');
    decide('x:c:3', 3, 'rejected');
    decide('none', 3, 'rejected');
    assert.deepEqual(makeReport([story.source()], { paths: ['a.md'] }).edits, [
      { agent: 'w', made: 1, accepted: 0, rejected: 0, undone: 0 },
      { agent: 'x', made: 4, accepted: 1, rejected: 1, undone: 1 },
    ]);
  });
});
