import { hash } from 'node:crypto';
import { BinaryTree } from '../../src/journal/binaryTree.ts';
import { canonicalBytes, eventDigest } from '../../src/journal/canonical.ts';
import { rootOf } from '../../src/journal/chain.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { PackDigests } from '../../src/journal/packDigests.ts';
import { partsOf } from '../../src/journal/parts.ts';
import { type Codec, decode, encode, SegmentCursor } from '../../src/journal/segment.ts';
import { coauthorEvents } from './coauthor.ts';
import { best, say, shown, time } from './measure.ts';

/** Size and speed of the journal's packs and digests on real events, beside bare SHA-256 calls: `segment.ts [sessions]`. */
const events = coauthorEvents(Number(process.argv[2] ?? 60));
const secret = new Uint8Array(32).fill(1);
if (events === undefined) console.log('Packs and digests: the CoAuthor trace is not beside the repository');
else {
  console.log(`Packs and digests of ${events.length} real events, times and text included; best of 5 runs, an event`);
  sizes(events, 256, 'raw', '≤ 9 bytes');
  sizes(events, 256, 'deflate');
  sizes(events, 4096, 'raw');
  sizes(events, 4096, 'deflate', '≤ 3 bytes, replay ≤ 80 ns');
  digests(events);
}

function sizes(all: readonly JournalEvent[], count: number, codec: Codec, goal = ''): void {
  const each = (of: () => void) => shown(best(5, () => time(of)) / all.length);
  const parted = packs(all, count);
  let bytes: Uint8Array[] = [];
  const write = each(() => {
    bytes = parted.map(some => encode(some, codec));
  });
  let sum = 0;
  const cursor = new SegmentCursor();
  const walk = each(() => {
    for (const pack of bytes) {
      cursor.open(pack);
      while (cursor.next()) sum += cursor.from[cursor.change]! + cursor.fresh;
    }
  });
  const objects = each(() => {
    for (const pack of bytes) sum += decode(pack).length;
  });
  const size = bytes.reduce((total, pack) => total + pack.length, 0) / all.length;
  say(`${count} a pack, ${codec}: size`, `${size.toFixed(2)} bytes`, goal);
  say(`${count} a pack, ${codec}: write, walk, read as objects`, [write, walk, objects].join(', '), sum > 0 ? '' : '?');
}

function digests(all: readonly JournalEvent[]): void {
  const each = (of: () => void) => best(5, () => time(of)) / all.length;
  const inputs = all.flatMap(hashed);
  const plain = each(() => {
    for (const input of inputs) hash('sha256', input, 'buffer');
  });
  const fastest = each(() => {
    for (const input of inputs) hash('sha256', input, 'binary');
  });
  const young = packs(all, 256).map(some => encode(some));
  const read = young.flatMap(decode);
  const objects = each(() => {
    rootOf(read.map(event => eventDigest(event, secret)));
  });
  const digests = new PackDigests();
  const verified = each(() => {
    const tree = new BinaryTree();
    for (const bytes of young) for (const leaf of digests.of(bytes, secret)) tree.append(leaf);
    tree.root();
  });
  const sealed = each(() => {
    for (let i = 0; i < young.length; i += 16) {
      const tree = new BinaryTree();
      const some: JournalEvent[] = [];
      for (const bytes of young.slice(i, i + 16)) {
        for (const leaf of digests.of(bytes, secret)) tree.append(leaf);
        for (const event of decode(bytes)) some.push(event);
      }
      tree.root();
      encode(some, 'deflate');
    }
  });
  const calls = (inputs.length / all.length).toFixed(2);
  const times = (ns: number) => `${shown(ns)}, ${(ns / plain).toFixed(2)} × (${(ns / fastest).toFixed(2)} ×)`;
  say(`bare SHA-256, ${calls} calls: to Buffers (to strings)`, `${shown(plain)} (${shown(fastest)})`);
  say('digests and tree, of events as objects', times(objects));
  say('digests and tree, of packs', times(verified), '≤ 2 × bare');
  say('sealing: read 16 packs, digests, tree, deflate', times(sealed), '≤ 2 × bare');
}

/** What is hashed for an event, ready: its leaf, a node of the tree, and salt and leaf of each part of its text. */
function hashed(event: JournalEvent): Uint8Array[] {
  const parts = partsOf(event.texts![0]!).flatMap(({ from, to, space }) => {
    const leaf = Buffer.alloc((space ? 6 : 34) + (to - from));
    return space ? [leaf] : [Buffer.alloc(44), leaf];
  });
  return [Buffer.concat([Buffer.alloc(1), canonicalBytes(event, secret)]), Buffer.alloc(65), ...parts];
}

function packs(all: readonly JournalEvent[], count: number): JournalEvent[][] {
  return Array.from({ length: Math.ceil(all.length / count) }, (_, i) => all.slice(i * count, (i + 1) * count));
}
