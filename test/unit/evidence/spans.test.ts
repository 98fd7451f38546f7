import assert from 'node:assert/strict';
import fc from 'fast-check';
import { spansDocument } from '../../../src/evidence/spans.ts';
import type { Placing } from '../../../src/journal/replay.ts';
import type { Origin } from '../../../src/provenance/origin.ts';
import { Origins } from '../../../src/provenance/origins.ts';
import { Provenance } from '../../../src/provenance/provenance.ts';

const typed: Origin = { kind: 'typed', basis: 'asserted', rule: 'keyboard' };
const agent: Origin = { kind: 'ai.agent', basis: 'proven', rule: 'agent.texts', prompt: 'p' };
const fromGit: Origin = { kind: 'external.git', basis: 'proven', rule: 'git.file', commit: 'c1' };

/** Acts 5 (typed, serials 100 on) and 7 (an agent, 200 on); act 9 pasted by the name of serial 300. */
function recorded(text: string, provenance: Provenance) {
  const origins = new Origins();
  origins.add(100, 50, typed, 5);
  origins.add(200, 50, agent, 7);
  const placings = new Map<number, Placing>([[300, { placement: 'paste', act: 9 }]]);
  origins.add(400, 50, fromGit, 11);
  const head = { sequence: 10, time: 0, monotonic: 0, zone: 0, session: 1 };
  const commits = new Map([['c1', { ...head, kind: 'commit' as const, id: 'c1', authored: 5, texts: ['Дана'] }]]);
  const repeat = { ...head, kind: 'repeats' as const, ranges: [{ length: 2, serial: 111 }], of: 'c:1:m' };
  const state = { origins, placings, commits, repeats: [repeat] };
  return { work: 'w', journal: 'j', path: 'a.md', text, provenance, state };
}

function picture(text: string, provenance: Provenance): string[] {
  const { spans } = spansDocument(recorded(text, provenance), text);
  return spans.map(({ from, to, kind, event, placedBy, repeats }) =>
    [`${from}-${to}`, kind, event, placedBy && `${placedBy.how} ${placedBy.event}`, repeats && `repeats ${repeats}`]
      .filter(Boolean)
      .join(' '),
  );
}

describe('spansDocument', () => {
  it('cuts where the origin, the act that made or the act that placed changes, or a mark, and nowhere else', () => {
    const provenance = Provenance.of([
      { length: 2, serial: 100 },
      { length: 2, serial: 200 },
      { length: 2, serial: 102 },
      { length: 4, serial: 110 },
    ]);
    const pasted = [{ from: 2, to: 2, insert: 'ab', spans: [{ length: 2, serial: 100 }] }];
    provenance.apply(pasted, { first: 0, count: 0 }, 300);
    assert.deepEqual(picture('ababcdefghij', provenance), [
      '0-2 typed j:5',
      '2-4 typed j:5 paste j:9',
      '4-6 ai.agent j:7',
      '6-9 typed j:5',
      '9-11 typed j:5 repeats c:1:m',
      '11-12 typed j:5',
    ]);
  });

  it('counts code points, and says unknown where nothing is known', () => {
    const document = spansDocument(recorded('a👩b', Provenance.of([{ length: 4, serial: 900 }])), 'other');
    assert.deepEqual(document.tally, { kinds: { unknown: 3 }, hands: { unknown: 3 }, length: 3 });
    assert.deepEqual([document.length, document.current, document.spans[0]?.event], [4, false, null]);
  });

  it('names the git commit of a span, and its author once', () => {
    const of = (spans: readonly { length: number; serial: number }[]) =>
      spansDocument(recorded('abcd', Provenance.of(spans)), 'abcd');
    const { spans, commits } = of([
      { length: 2, serial: 410 },
      { length: 2, serial: 400 },
    ]);
    assert.deepEqual(
      spans.map(({ commit }) => commit),
      ['c1'],
    );
    assert.deepEqual(commits, [{ id: 'c1', author: 'Дана', authored: 5 }]);
    assert.equal('commits' in of([{ length: 4, serial: 100 }]), false);
  });

  it('covers the text without gaps or overlaps, each neighbour different', () => {
    const runs = fc.array(
      fc.record({ length: fc.integer({ min: 1, max: 5 }), serial: fc.integer({ min: 90, max: 260 }) }),
    );
    fc.assert(
      fc.property(runs, spans => {
        const text = 'x'.repeat(spans.reduce((sum, { length }) => sum + length, 0));
        const document = spansDocument(recorded(text, Provenance.of(spans)), text);
        let at = 0;
        for (const { from, to } of document.spans) {
          assert.ok(from === at && to > from);
          at = to;
        }
        assert.equal(at, text.length);
        assert.equal(document.tally.length, text.length);
        document.spans.slice(1).forEach((span, i) => {
          const { from: _from, to: _to, ...one } = span;
          const { from: _from2, to: _to2, ...before } = document.spans[i]!;
          assert.notDeepEqual(one, before);
        });
      }),
    );
  });
});
