import assert from 'node:assert/strict';
import fc from 'fast-check';
import { emptyRoot, Frontier, leafHash, nodeHash, rootOf, SEGMENT, segmentHeight } from '../../../src/journal/chain.ts';
import { toHex } from '../../../src/journal/digest.ts';
import { runningLink } from '../../../src/journal/link.ts';
import {
  consistencyProof,
  inclusionProof,
  rootAt,
  treeOf,
  verifyConsistency,
  verifyInclusion,
} from '../../../src/journal/proof.ts';

/** Leaves of the test vectors that RFC 6962 logs share. */
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const vectors = inputs.map(hex => leafHash(Buffer.from(hex, 'hex')));

function leaves(count: number): Uint8Array[] {
  return Array.from({ length: count }, (_, i) => leafHash(`${i}`));
}

/** The definition, word for word: split at the largest power of two below the size. */
function definedRoot(of: readonly Uint8Array[]): Uint8Array {
  if (of.length <= 1) return of[0] ?? emptyRoot;
  const k = 2 ** Math.floor(Math.log2(of.length - 1));
  return nodeHash(definedRoot(of.slice(0, k)), definedRoot(of.slice(k)));
}

const size = fc.integer({ min: 1, max: 70 });

describe('chain', () => {
  for (const [count, root] of [
    [0, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    [1, '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'],
    [2, 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125'],
    [8, '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'],
  ] as const) {
    it(`gives the known root of ${count} leaves`, () => assert.equal(toHex(rootOf(vectors.slice(0, count))), root));
  }

  it('hashes a string as its UTF-8 bytes', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), text =>
        assert.deepEqual(leafHash(text), leafHash(Buffer.from(text, 'utf8'))),
      ),
    ));

  it('grows to the root that the definition gives, also when its frontier was stored', () => {
    let frontier = new Frontier();
    const all = leaves(70);
    for (const [i, leaf] of all.entries()) {
      frontier = Frontier.from(frontier.bytes());
      frontier.append(leaf);
      assert.equal(frontier.size, i + 1);
      assert.deepEqual(frontier.root(), definedRoot(all.slice(0, i + 1)));
    }
  });

  it('takes a segment by its root', () => {
    const all = leaves(SEGMENT + 3);
    const frontier = new Frontier();
    frontier.appendSubtree(rootOf(all.slice(0, SEGMENT)), segmentHeight);
    for (const leaf of all.slice(SEGMENT)) frontier.append(leaf);
    assert.deepEqual(frontier.root(), rootOf(all));
    assert.throws(() => frontier.appendSubtree(vectors[0]!, segmentHeight), RangeError);
  });

  for (const [name, bytes] of [
    ['nothing', ''],
    ['a size without roots', '0000000000000001'],
    ['roots without a size', `0000000000000000${'ab'.repeat(32)}`],
    ['a size above 2^53', `0040000000000000${'ab'.repeat(32)}`],
  ] as const) {
    it(`refuses ${name} as a frontier`, () =>
      assert.throws(() => Frontier.from(Buffer.from(bytes, 'hex')), RangeError));
  }

  it('links each pack to all before it', () => {
    const [one, two] = [Buffer.from('one'), Buffer.from('two')];
    const link = runningLink(runningLink(emptyRoot, one), two);
    assert.notDeepEqual(link, runningLink(runningLink(emptyRoot, two), one));
    assert.notDeepEqual(link, runningLink(emptyRoot, Buffer.from('onetwo')));
  });
});

describe('proofs', () => {
  it('are those of RFC 9162 for its example of seven leaves', () => {
    const [d0, d1, d2, d3, d4, d5, d6] = leaves(7) as [Uint8Array, ...Uint8Array[]];
    const [g, h, i] = [nodeHash(d0, d1!), nodeHash(d2!, d3!), nodeHash(d4!, d5!)];
    const [k, l] = [nodeHash(g, h), nodeHash(i, d6!)];
    const tree = treeOf(leaves(7));
    assert.deepEqual(inclusionProof(tree, 0, 7), [d1, h, l]);
    assert.deepEqual(inclusionProof(tree, 3, 7), [d2, g, l]);
    assert.deepEqual(inclusionProof(tree, 4, 7), [d5, d6, k]);
    assert.deepEqual(inclusionProof(tree, 6, 7), [i, k]);
    assert.deepEqual(consistencyProof(tree, 3, 7), [d2, d3, g, l]);
    assert.deepEqual(consistencyProof(tree, 4, 7), [l]);
    assert.deepEqual(consistencyProof(tree, 6, 7), [i, d6, k]);
  });

  it('hold for every leaf and every earlier size', () => {
    for (let n = 1; n <= 33; n++) {
      const tree = treeOf(leaves(n));
      const root = rootAt(tree, n);
      assert.deepEqual(root, definedRoot(leaves(n)));
      for (let i = 0; i < n; i++) assert.ok(verifyInclusion(leafHash(`${i}`), i, n, inclusionProof(tree, i, n), root));
      for (let m = 0; m <= n; m++) {
        assert.ok(verifyConsistency(m, n, rootAt(tree, m), root, consistencyProof(tree, m, n)), `${m} of ${n}`);
      }
    }
  });

  it('need no leaf of a sealed segment but the one proven', () => {
    const all = leaves(3 * SEGMENT + 5);
    const whole = treeOf(all);
    const roots = [0, 1, 2].map(segment => rootOf(all.slice(segment * SEGMENT, (segment + 1) * SEGMENT)));
    const tail = (height: number, index: number) => whole(height, index);
    const sparse = (height: number, index: number): Uint8Array => {
      if (height === segmentHeight) return roots[index]!;
      if (height > segmentHeight) return nodeHash(sparse(height - 1, 2 * index), sparse(height - 1, 2 * index + 1));
      assert.ok(index * 2 ** height >= 3 * SEGMENT, 'a sealed segment was opened');
      return tail(height, index);
    };
    assert.deepEqual(rootAt(sparse, all.length), rootOf(all));
    assert.deepEqual(
      consistencyProof(sparse, 2 * SEGMENT, all.length),
      consistencyProof(whole, 2 * SEGMENT, all.length),
    );
    assert.deepEqual(
      inclusionProof(sparse, 3 * SEGMENT + 2, all.length),
      inclusionProof(whole, 3 * SEGMENT + 2, all.length),
    );
  });

  it('of inclusion fail for another leaf, place, size, root or step', () =>
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (n, at, other) => {
        const tree = treeOf(leaves(n));
        const index = at % n;
        const [leaf, proof, root] = [leafHash(`${index}`), inclusionProof(tree, index, n), rootAt(tree, n)];
        assert.ok(!verifyInclusion(leafHash('other'), index, n, proof, root));
        assert.ok(!verifyInclusion(leaf, index, n, [...proof, leaf], root));
        assert.ok(!verifyInclusion(leaf, index, n, proof, leafHash('other')));
        assert.ok(!verifyInclusion(leaf, n, n, proof, root));
        if (other % n !== index) assert.ok(!verifyInclusion(leaf, other % n, n, proof, root));
        if (n > 1) {
          assert.ok(!verifyInclusion(leaf, index, n, proof.slice(1), root));
          assert.ok(!verifyInclusion(leaf, index, n, proof.with(other % proof.length, leafHash('other')), root));
        }
      }),
    ));

  it('of consistency fail when a leaf was changed, or the proof was', () =>
    fc.assert(
      fc.property(size, fc.nat(), fc.nat(), (n, earlier, at) => {
        const m = 1 + (earlier % n);
        const tree = treeOf(leaves(n));
        const changed = treeOf(leaves(n).with(at % m, leafHash('other')));
        const proof = consistencyProof(tree, m, n);
        assert.ok(!verifyConsistency(m, n, rootAt(changed, m), rootAt(tree, n), proof));
        assert.ok(!verifyConsistency(m, n, rootAt(tree, m), rootAt(changed, n), consistencyProof(changed, m, n)));
        assert.ok(!verifyConsistency(m, n, rootAt(tree, m), rootAt(tree, n), [...proof, emptyRoot]));
        if (proof.length > 0) {
          assert.ok(!verifyConsistency(m, n, rootAt(tree, m), rootAt(tree, n), proof.slice(1)));
          assert.ok(
            !verifyConsistency(m, n, rootAt(tree, m), rootAt(tree, n), proof.with(at % proof.length, emptyRoot)),
          );
        }
      }),
    ));
});
