import { SpanTree } from '../../src/provenance/spanTree.ts';
import type { Seeded } from '../support/seeded.ts';

/** Characters a span has in texts that are made. */
export const perSpan = 40;

/** A tree of so many spans, none of which joins the next, appended one by one. */
export function grown(spans: number): SpanTree {
  const tree = new SpanTree();
  for (let i = 0; i < spans; i++) tree.replace(i * perSpan, i * perSpan, [{ length: perSpan, serial: i * 1000 }]);
  return tree;
}

/** Bursts of 64 keystrokes at a random place. */
export function local(tree: SpanTree, edits: number, random: Seeded): void {
  let serial = 2 ** 40;
  for (let at = 0, i = 0; i < edits; i++, at++) {
    if (i % 64 === 0) at = random.below(tree.length);
    tree.replace(at, at, [{ length: 1, serial: serial++ }]);
  }
}

/** Each edit at a random place, one in four a removal. */
export function scattered(tree: SpanTree, edits: number, random: Seeded): void {
  let serial = 2 ** 41;
  for (let i = 0; i < edits; i++, serial += 2) {
    const at = random.below(tree.length - 8);
    if (i % 4 === 3) tree.replace(at, at + 3, []);
    else tree.replace(at, at, [{ length: 1, serial }]);
  }
}
