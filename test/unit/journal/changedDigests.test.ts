import assert from 'node:assert/strict';
import fc from 'fast-check';
import { BinaryTree } from '../../../src/journal/binaryTree.ts';
import { eventDigest } from '../../../src/journal/canonical.ts';
import { rootOf } from '../../../src/journal/chain.ts';
import { ChangedDigests } from '../../../src/journal/changedDigests.ts';
import { binaryOf, bytesOfBinary, sha256 } from '../../../src/journal/digest.ts';
import type { JournalEvent } from '../../../src/journal/event.ts';
import { encode, SegmentCursor } from '../../../src/journal/segment.ts';
import { anyEvents, typed } from '../../support/journalEvents.ts';
import { typedStory } from '../../support/typedStory.ts';

const secret = sha256('a secret');

describe('digests from columns', () => {
  const digests = new ChangedDigests();
  /** How many of the events were of this way; each of them must have the digest that its object has. */
  const same = (events: readonly JournalEvent[]): number => {
    const cursor = new SegmentCursor(encode(events));
    cursor.readClocks();
    digests.secret = secret;
    let count = 0;
    for (const event of events) {
      cursor.next();
      const digest = digests.digestOf(cursor);
      if (digest === undefined) continue;
      count++;
      assert.equal(
        Buffer.from(digest, 'latin1').toString('hex'),
        Buffer.from(eventDigest(event, secret)).toString('hex'),
      );
    }
    return count;
  };

  it('are those of the events: typing', () =>
    fc.assert(
      fc.property(typedStory, story => void same(story.events)),
      { numRuns: 200 },
    ));

  it('are those of the events: anything that columns hold', () =>
    fc.assert(
      fc.property(anyEvents, events => void same(events)),
      { numRuns: 500 },
    ));

  const number = fc.oneof(fc.nat(12), fc.nat(1200), fc.nat(2 ** 31 - 1), fc.nat({ max: 2 ** 49 }));
  it('are those of the events: numbers of any length, one after another', () =>
    fc.assert(
      fc.property(fc.array(fc.tuple(number, number, number, fc.nat(3)), { minLength: 1 }), rows => {
        const events = rows.map(([at, first, clock, wide], i): JournalEvent => {
          const event = typed(i, 0, 'ж'.repeat(wide + 1));
          const [from, to] = [at, at + wide];
          return {
            ...event,
            first,
            time: clock,
            monotonic: at,
            version: wide,
            changes: [{ from, to }],
          } as JournalEvent;
        });
        assert.equal(same(events), events.length);
      }),
    ));

  for (const [name, text] of [
    ['a letter', 'a'],
    ['nothing', ''],
    ['white space', ' \n\t'],
    ['a letter of another script', 'ә'],
    ['a pair', '😀'],
    ['words', 'two words '],
    ['a long word', 'x'.repeat(300)],
  ] as const) {
    it(`are computed in this way of ${name}`, () => assert.equal(same([typed(5, 3, text)]), 1));
  }

  it('are not computed in this way where an event states digests', () => {
    const observation = { by: 'watcher', before: 'aa', after: 'bb' } as const;
    assert.equal(same([{ ...typed(5, 3), observation } as JournalEvent]), 0);
  });

  it('have the root that the tree over them has', () => {
    const tree = new BinaryTree();
    const leaves: Buffer[] = [];
    for (let i = 0; i < 70; i++) {
      assert.deepEqual(bytesOfBinary(tree.root()), rootOf(leaves));
      leaves.push(sha256(`${i}`));
      tree.append(binaryOf(leaves[i]!));
    }
    const [whole, half] = [new BinaryTree(), new BinaryTree()];
    for (const leaf of leaves.slice(0, 64)) half.append(binaryOf(leaf));
    whole.appendSubtree(half.root(), 6);
    for (const leaf of leaves.slice(64)) whole.append(binaryOf(leaf));
    assert.deepEqual([whole.root(), whole.size], [tree.root(), 70]);
  });
});
