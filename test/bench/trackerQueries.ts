import { SpanTree } from '../../src/provenance/spanTree.ts';
import { Seeded } from '../support/seeded.ts';
import { best, say, shown, time } from './measure.ts';
import { peerRows, preparePeers } from './peers.ts';
import { grown, perSpan } from './shapes.ts';

/** One event of many places, the spans of one screen, all spans to bytes and back: ours, the prototype, the peers. */
const random = new Seeded(5);
const places = 10_000;

console.log('Many places in one event, and reading');
for (const spans of [1_000, 10_000, 100_000]) {
  const stride = Math.floor((spans * perSpan) / places);
  const ns = best(7, () => {
    const tree = grown(spans);
    return time(() => {
      for (let i = places - 1; i >= 0; i--) {
        tree.replace(i * stride, i * stride + 3, [{ length: 4, serial: 2 ** 42 + i * 5 }]);
      }
    });
  });
  say(`${places} places, ${spans} spans`, shown(ns), spans === 100_000 ? 'goal 5 ms' : '');
}
for (const spans of [1_000, 10_000, 100_000, 1_000_000]) {
  const tree = grown(spans);
  const ns = best(7, () =>
    time(() => {
      for (let i = 0; i < 2_000; i++) {
        const from = random.below(tree.length - 4_000);
        tree.slice(from, from + 4_000);
      }
    }),
  );
  say(
    `spans of a screen (4,000 characters), ${spans} spans`,
    shown(ns / 2_000),
    spans === 1_000_000 ? 'goal 5 µs' : '',
  );
  if (spans < 100_000) continue;
  let bytes: Uint8Array = new Uint8Array();
  const write = best(3, () =>
    time(() => {
      bytes = tree.toBytes();
    }),
  );
  const read = best(3, () => time(() => SpanTree.fromBytes(bytes)));
  const each = (n: number) => shown(n / tree.count);
  const size = `${(bytes.length / tree.count).toFixed(1)} bytes`;
  say(`to bytes and back, a span, ${spans} spans`, `${each(write)}, ${each(read)}`, size);
}

interface BatchRow {
  readonly way: string;
  readonly runs: number;
  readonly minMs: number;
}
interface QueryRow {
  readonly what: string;
  readonly tracker?: string;
  readonly runs: number;
  readonly usPerScreen?: number;
  readonly loadNsPerRun?: number;
  readonly saveNsPerRun?: number;
  readonly bytesPerRun?: number;
}

if (await preparePeers()) {
  console.log('The same of the prototypes and peers');
  for await (const { way, runs, minMs } of peerRows<BatchRow>('bench-batch.mjs', [])) {
    say(`${places} places, ${runs} spans: ${way}`, shown(minMs * 1e6));
  }
  for await (const row of peerRows<QueryRow>('bench-query.mjs', [])) {
    const { tracker, runs, usPerScreen, loadNsPerRun, saveNsPerRun, bytesPerRun } = row;
    if (usPerScreen !== undefined) say(`spans of a screen, ${runs} spans: ${tracker}`, shown(usPerScreen * 1e3));
    else if (runs >= 100_000) {
      const times = `${shown(saveNsPerRun ?? 0)}, ${shown(loadNsPerRun ?? 0)}`;
      say(`to bytes and back, ${runs} spans: prototype`, times, `${bytesPerRun} bytes`);
    }
  }
}
