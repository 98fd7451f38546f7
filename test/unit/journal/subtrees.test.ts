import assert from 'node:assert/strict';
import { leafHash, rootOf, SEGMENT } from '../../../src/journal/chain.ts';
import {
  consistencyProof,
  inclusionProof,
  rootAt,
  treeOf,
  verifyConsistency,
  verifyInclusion,
} from '../../../src/journal/proof.ts';
import { subtreesOf } from '../../../src/journal/subtrees.ts';

describe('subtrees over segments', () => {
  const size = 3 * SEGMENT + 77;
  const leaves = Array.from({ length: size }, (_, i) => leafHash(`event ${i}`));
  const whole = treeOf(leaves);
  const roots = [0, 1, 2].map(n => rootOf(leaves.slice(n * SEGMENT, (n + 1) * SEGMENT)));
  const asked: number[] = [];
  const source = subtreesOf(roots, segment => {
    asked.push(segment);
    return leaves.slice(segment * SEGMENT, (segment + 1) * SEGMENT);
  });
  const places = [0, 1, SEGMENT - 1, SEGMENT, 2 * SEGMENT + 5, size - 1];

  it('give the same proofs as all leaves do', () => {
    const root = rootAt(whole, size);
    assert.deepEqual(rootAt(source, size), root);
    for (const at of places) {
      const path = inclusionProof(source, at, size);
      assert.deepEqual(path, inclusionProof(whole, at, size));
      assert.ok(verifyInclusion(leaves[at]!, at, size, path, root));
      const grown = consistencyProof(source, at, size);
      assert.deepEqual(grown, consistencyProof(whole, at, size));
      assert.ok(verifyConsistency(at, size, rootAt(whole, at), root, grown));
    }
  });

  it('read no more than the segment that a proof begins in, and the tail', () => {
    const fresh = subtreesOf(roots, segment => {
      asked.push(segment);
      return leaves.slice(segment * SEGMENT, (segment + 1) * SEGMENT);
    });
    asked.length = 0;
    inclusionProof(fresh, SEGMENT + 9, size);
    assert.deepEqual([...new Set(asked)].sort(), [1, 3]);
  });
});
