import { SpanTree } from '../../src/provenance/spanTree.ts';
import { Seeded } from '../support/seeded.ts';
import { best, bytesHeld, say, shown, time } from './measure.ts';

/** How the spans' cost grows, in texts of 40 characters a span; DESIGN section 9. */
const perSpan = 40;
const random = new Seeded(5);

function grown(spans: number): SpanTree {
  const tree = new SpanTree();
  for (let i = 0; i < spans; i++) tree.replace(i * perSpan, i * perSpan, [{ length: perSpan, serial: i * 1000 }]);
  return tree;
}

/** Bursts of 64 keystrokes at a random place. */
function local(tree: SpanTree, edits: number): void {
  let serial = 2 ** 40;
  for (let at = 0, i = 0; i < edits; i++, at++) {
    if (i % 64 === 0) at = random.below(tree.length);
    tree.replace(at, at, [{ length: 1, serial: serial++ }]);
  }
}

/** Each edit at a random place, one in four a removal. */
function scattered(tree: SpanTree, edits: number): void {
  let serial = 2 ** 41;
  for (let i = 0; i < edits; i++, serial += 2) {
    const at = random.below(tree.length - 8);
    if (i % 4 === 3) tree.replace(at, at + 3, []);
    else tree.replace(at, at, [{ length: 1, serial }]);
  }
}

console.log('Growth with the number of spans; each figure an edit');
// The compiler's own work is not part of any figure.
for (let i = 0; i < 5; i++) {
  local(grown(2_000), 20_000);
  scattered(grown(2_000), 20_000);
}
const base = { local: 0, scattered: 0 };
for (const spans of [1_000, 10_000, 100_000, 1_000_000]) {
  const before = bytesHeld();
  const tree = grown(spans);
  const bytes = (bytesHeld() - before) / spans;
  for (const [name, play] of [
    ['local', local],
    ['scattered', scattered],
  ] as const) {
    const edits = Math.max(512, Math.min(20_000, spans >> 1));
    // Small trees are built anew for each run, so that the edits do not change what they are.
    const figure = best(spans > 1e5 ? 3 : 9, () => {
      const own = spans > 1e5 ? tree : grown(spans);
      return time(() => play(own, edits)) / edits;
    });
    if (spans === 1_000) base[name] = figure;
    const goal = name === 'local' ? 2 : 5;
    say(`${spans} spans, ${name}`, shown(figure), `${(figure / base[name]).toFixed(1)} x at 1,000, goal ${goal}`);
  }
  say(`${spans} spans, memory after appending`, `${bytes.toFixed(1)} bytes a span`, 'goal 16');
  if (spans === 100_000) batch(spans);
  if (spans === 1_000_000) screen(tree);
}

function batch(spans: number): void {
  const places = 10_000;
  const stride = Math.floor((spans * perSpan) / places);
  const ns = best(5, () => {
    const tree = grown(spans);
    return time(() => {
      for (let i = places - 1; i >= 0; i--) {
        tree.replace(i * stride, i * stride + 3, [{ length: 4, serial: 2 ** 42 + i * 5 }]);
      }
    });
  });
  say('one event with 10,000 places, 100,000 spans', shown(ns), 'goal 5 ms');
}

function screen(tree: SpanTree): void {
  const ns = best(5, () =>
    time(() => {
      for (let i = 0; i < 2_000; i++) {
        const from = random.below(tree.length - 4_000);
        tree.slice(from, from + 4_000);
      }
    }),
  );
  say('the spans of one screen (4,000 characters), 1,000,000 spans', shown(ns / 2_000), 'goal 5 µs');
  let bytes: Uint8Array = new Uint8Array();
  const write = time(() => {
    bytes = tree.toBytes();
  });
  const read = time(() => SpanTree.fromBytes(bytes));
  const each = (n: number) => shown(n / tree.count);
  say('to bytes and back, a span', `${each(write)}, ${each(read)}`, `${(bytes.length / tree.count).toFixed(1)} bytes`);
}
