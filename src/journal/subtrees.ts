import { nodeHash, segmentHeight } from './chain.ts';
import { type TreeSource, treeOf } from './proof.ts';

/**
 * Subtrees over segments: from the stored roots above them, else from the digests of one segment's events, which
 * `digestsOf` computes. Those of the two segments last asked for are kept, and all inner nodes above segments.
 */
export function subtreesOf(roots: readonly Uint8Array[], digestsOf: (segment: number) => Uint8Array[]): TreeSource {
  const inside = new Map<number, TreeSource>();
  const above = new Map<string, Uint8Array>();
  const within = (segment: number): TreeSource => {
    const known = inside.get(segment) ?? treeOf(digestsOf(segment));
    inside.delete(segment);
    inside.set(segment, known);
    if (inside.size > 2) inside.delete(inside.keys().next().value!);
    return known;
  };
  const node: TreeSource = (height, index) => {
    if (height < segmentHeight) {
      const perSegment = 2 ** (segmentHeight - height);
      return within(Math.floor(index / perSegment))(height, index % perSegment);
    }
    if (height === segmentHeight) return roots[index] ?? within(index)(height, 0);
    const key = `${height}:${index}`;
    const made = above.get(key) ?? nodeHash(node(height - 1, 2 * index), node(height - 1, 2 * index + 1));
    above.set(key, made);
    return made;
  };
  return node;
}
