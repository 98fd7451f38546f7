import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Span } from '../../../src/provenance/span.ts';
import { pushSpan, sliceSpans } from '../../../src/provenance/spans.ts';
import { SpanTree } from '../../../src/provenance/spanTree.ts';

/** The tree's contract as plain array work. */
class PlainSpans {
  values: number[] = [];
  replace(from: number, to: number, spans: readonly Span[], step: 0 | 1): void {
    const inserted = spans.flatMap(s => Array.from({ length: s.length }, (_, i) => s.serial + i * step));
    this.values = [...this.values.slice(0, from), ...inserted, ...this.values.slice(to)];
  }
  spans(step: 0 | 1): Span[] {
    const out: Span[] = [];
    for (const serial of this.values) pushSpan(out, { length: 1, serial }, step);
    return out;
  }
}

const span = fc.record({ length: fc.oneof(fc.nat(4), fc.nat(12)), serial: fc.nat(16) });
// Insertions alone, removals alone and both: so that serials often go on, to either side.
const edit = fc.record({
  at: fc.nat(),
  size: fc.oneof(fc.constant(0), fc.nat(5)),
  spans: fc.oneof(fc.array(span, { maxLength: 1 }), fc.array(span, { maxLength: 4 })),
});

function play(edits: readonly { at: number; size: number; spans: Span[] }[], step: 0 | 1, check: number): void {
  const tree = new SpanTree([], step);
  const plain = new PlainSpans();
  edits.forEach(({ at, size, spans }, i) => {
    const from = at % (plain.values.length + 1);
    const to = Math.min(plain.values.length, from + size);
    tree.replace(from, to, spans);
    plain.replace(from, to, spans, step);
    if (i % check === 0 || i === edits.length - 1) {
      tree.check();
      assert.deepEqual(tree.spans(), plain.spans(step));
      assert.equal(tree.count, plain.spans(step).length);
    }
  });
}

describe('SpanTree', () => {
  for (const step of [0, 1] as const) {
    it(`equals an array of values after any edits (step ${step})`, () => {
      fc.assert(
        fc.property(fc.array(edit, { maxLength: 40 }), edits => play(edits, step, 1)),
        { numRuns: 1000 },
      );
    });
    it(`equals it when it has grown to many leaves and shrunk again (step ${step})`, () => {
      const random = numbers(7 + step);
      const edits = Array.from({ length: 9000 }, (_, i) => {
        const grows = i < 5000;
        const spans = Array.from({ length: grows ? random(4) : random(2) }, () => ({
          length: 1 + random(3),
          serial: random(60),
        }));
        return { at: random(1e9), size: grows ? random(3) : random(14), spans };
      });
      play(edits, step, 150);
    });
  }

  it('gives back the leaves of what is removed', () => {
    const tree = new SpanTree(Array.from({ length: 6400 }, (_, i) => ({ length: 2, serial: i * 5 })));
    assert.ok(tree.check() <= 6400 / 58 + 1);
    for (let at = 0; at < tree.length; at += 2) tree.replace(at, Math.min(tree.length, at + 60), []);
    assert.ok(tree.check() <= tree.count / 16 + 1, `${tree.check()} leaves for ${tree.count} spans`);
    tree.replace(0, tree.length, []);
    assert.equal(tree.check(), 1);
  });

  it('holds at most 16 bytes a span, however the text was written', () => {
    for (const [shape, write] of Object.entries(shapes)) {
      const tree = write(numbers(11));
      tree.check();
      const bytes = tree.bytes / tree.count;
      assert.ok(tree.count > 5_000 && bytes <= 16, `${shape}: ${bytes} bytes for each of ${tree.count}`);
    }
  });

  it('keeps serials up to 2^53 exactly, in the tree and in bytes', () => {
    const far = [2 ** 53 - 5, 0, 2 ** 32 * 77, 2 ** 52 + 1].map(serial => ({ length: 3, serial }));
    const tree = new SpanTree(far);
    tree.replace(1, 2, []);
    assert.deepEqual(tree.slice(0, 5), [
      { length: 1, serial: 2 ** 53 - 5 },
      { length: 1, serial: 2 ** 53 - 3 },
      { length: 3, serial: 0 },
    ]);
    assert.deepEqual(SpanTree.fromBytes(tree.toBytes()).spans(), tree.spans());
  });

  it('comes back from its bytes, and equal spans give equal bytes however they came', () => {
    fc.assert(
      fc.property(fc.array(span), fc.array(edit, { maxLength: 8 }), fc.constantFrom(0, 1), (spans, edits, step) => {
        const tree = new SpanTree(spans, step as 0 | 1);
        for (const { at, size, spans: put } of edits) {
          const from = at % (tree.length + 1);
          tree.replace(from, Math.min(tree.length, from + size), put);
        }
        const back = SpanTree.fromBytes(tree.toBytes(), step as 0 | 1);
        back.check();
        assert.deepEqual(back.spans(), tree.spans());
        assert.deepEqual(back.toBytes(), tree.toBytes());
      }),
    );
  });

  it('law: bytes are those of a tree, or refused; no two give the same spans', () => {
    const some = fc.array(fc.oneof(fc.nat(3), fc.constantFrom(0x80, 0x81, 0xff), fc.nat(255)), { maxLength: 12 });
    let read = 0;
    fc.assert(
      fc.property(some, fc.constantFrom(0, 1), (list, step) => {
        const bytes = Uint8Array.from(list);
        let tree: SpanTree;
        try {
          tree = SpanTree.fromBytes(bytes, step as 0 | 1);
        } catch (error) {
          assert.ok(error instanceof RangeError);
          return;
        }
        read++;
        assert.deepEqual(tree.toBytes(), bytes);
      }),
      { numRuns: 5000 },
    );
    assert.ok(read > 0);
  });

  it('loads a long list, and slices it as the list is sliced', () => {
    const spans = Array.from({ length: 5000 }, (_, i) => ({ length: 1 + (i % 5), serial: i * 10 }));
    const tree = new SpanTree(spans);
    tree.check();
    const random = numbers(3);
    for (let i = 0; i < 200; i++) {
      const from = random(tree.length);
      const to = Math.min(tree.length, from + random(300));
      assert.deepEqual(tree.slice(from, to), sliceSpans(spans, from, to));
    }
  });

  it('is not changed by what happens to its clone', () => {
    const tree = new SpanTree(Array.from({ length: 300 }, (_, i) => ({ length: 2, serial: i * 3 })));
    const before = tree.spans();
    const copy = tree.clone();
    for (let i = 0; i < 200; i++) copy.replace(i, i + 2, [{ length: 1, serial: 5000 + i * 2 }]);
    copy.check();
    tree.check();
    assert.deepEqual(tree.spans(), before);
  });

  it('refuses places outside the text, and bytes that are no spans', () => {
    const tree = new SpanTree([{ length: 3, serial: 0 }]);
    for (const [from, to] of [
      [-1, 0],
      [2, 1],
      [0, 4],
      [Number.NaN, 1],
    ] as const) {
      assert.throws(() => tree.replace(from, to, []), RangeError);
      assert.throws(() => tree.slice(from, to), RangeError);
    }
    const bytes = tree.toBytes();
    assert.throws(() => SpanTree.fromBytes(bytes.subarray(0, bytes.length - 1)), RangeError);
    assert.throws(() => SpanTree.fromBytes(new Uint8Array([...bytes, 0])), RangeError);
    assert.throws(() => SpanTree.fromBytes(new Uint8Array([1, 0, 0])), RangeError);
  });
});

const each = (n: number) => Array.from({ length: n }, (_, i) => ({ length: 40, serial: i * 1000 }));
const ends = (tree: SpanTree, at: number, i: number) => tree.replace(at, at, [{ length: 3, serial: 2 ** 40 + i * 9 }]);
const times = (n: number, step: (i: number) => void) => {
  for (let i = 0; i < n; i++) step(i);
};

/** Ways to write a text of many spans. */
const shapes: Record<string, (random: (n: number) => number) => SpanTree> = {
  appended: () => {
    const tree = new SpanTree();
    times(8_000, i => ends(tree, tree.length, i));
    return tree;
  },
  'from its end up': () => {
    const tree = new SpanTree();
    times(8_000, i => ends(tree, 0, i));
    return tree;
  },
  scattered: random => {
    const tree = new SpanTree(each(1));
    times(12_000, i => (i % 4 === 3 ? tree.replace(9, 12, []) : ends(tree, random(tree.length), i)));
    return tree;
  },
  'in bursts, near each other': random => {
    const tree = new SpanTree(each(1_000));
    times(200, burst => {
      let at = 500 + random(tree.length - 1000);
      times(40, i => {
        at = Math.max(40, Math.min(tree.length - 40, at + random(41) - 20));
        ends(tree, at, burst * 40 + i);
      });
    });
    return tree;
  },
  'then much of it removed': random => {
    const tree = new SpanTree(each(16_000));
    times(9_000, () => {
      const at = random(tree.length - 60);
      tree.replace(at, at + 45, []);
    });
    return tree;
  },
  'then half of it removed': () => {
    const tree = new SpanTree(each(16_000));
    tree.replace(1_000, 321_000, []);
    return tree;
  },
};

/** Numbers from 0 to below n, the same in every run. */
function numbers(seed: number): (n: number) => number {
  let state = seed;
  return n => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * n);
  };
}
