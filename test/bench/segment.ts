import { hash } from 'node:crypto';
import { canonicalBytes, eventDigest } from '../../src/journal/canonical.ts';
import { rootOf } from '../../src/journal/chain.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { partsOf } from '../../src/journal/parts.ts';
import { type Codec, decode, encode, SegmentCursor } from '../../src/journal/segment.ts';
import { coauthorEvents } from './coauthor.ts';

/**
 * Size and speed of the journal's formats on real events, beside the bare SHA-256 calls that sealing needs, in the same
 * run: `node test/bench/segment.ts [sessions]`. Prints one JSON line a figure.
 */
const events = coauthorEvents(Number(process.argv[2] ?? 100));
const secret = new Uint8Array(32).fill(1);

function median(of: () => void, runs = 5): number {
  const times = Array.from({ length: runs }, () => {
    const start = process.hrtime.bigint();
    of();
    return Number(process.hrtime.bigint() - start);
  });
  return times.toSorted((a, b) => a - b)[runs >> 1]! / events.length;
}

function print(what: string, figures: Record<string, number>): void {
  const rounded = Object.entries(figures).map(([name, value]) => [name, Math.round(value * 100) / 100]);
  console.log(JSON.stringify({ what, ...Object.fromEntries(rounded) }));
}

function packs(size: number): JournalEvent[][] {
  return Array.from({ length: Math.ceil(events.length / size) }, (_, i) => events.slice(i * size, (i + 1) * size));
}

function sizes(size: number, codec: Codec): void {
  const parted = packs(size);
  let bytes: Uint8Array[] = [];
  const write = median(() => {
    bytes = parted.map(some => encode(some, codec));
  }, 3);
  const cursor = new SegmentCursor();
  let sum = 0;
  const walk = median(() => {
    for (const pack of bytes) {
      cursor.open(pack);
      while (cursor.next()) sum += cursor.from[cursor.change]! + cursor.fresh;
    }
  });
  const objects = median(() => {
    for (const pack of bytes) sum += decode(pack).length;
  }, 3);
  const total = bytes.reduce((all, pack) => all + pack.length, 0);
  print(`packs of ${size}, ${codec}`, {
    bytesAnEvent: total / events.length,
    encodeNs: write,
    cursorNs: walk,
    decodeNs: objects,
    checked: Math.sign(sum),
  });
}

/**
 * The same digests from inputs that are ready: what sealing cannot do without. `hash` gives Buffers in the plain way
 * of calling it, and strings in the fastest.
 */
function bare(output: 'binary' | 'buffer'): { readonly run: () => void; readonly calls: number } {
  const inputs: Uint8Array[] = [];
  for (const event of events) {
    inputs.push(Buffer.concat([Buffer.alloc(1), canonicalBytes(event, secret)]), Buffer.alloc(65));
    for (const { space } of partsOf(event.texts![0]!))
      inputs.push(...(space ? [] : [Buffer.alloc(44)]), Buffer.alloc(35));
  }
  const run = () => {
    for (const input of inputs) hash('sha256', input, output);
  };
  return { calls: inputs.length, run };
}

print('corpus', { events: events.length, characters: events.reduce((sum, { texts }) => sum + texts![0]!.length, 0) });
sizes(1, 'raw');
sizes(256, 'raw');
sizes(256, 'deflate');
sizes(4096, 'raw');
sizes(4096, 'deflate');
const fastest = bare('binary');
const young = packs(256).map(some => encode(some));
const fastestNs = median(fastest.run, 3);
const plainNs = median(bare('buffer').run, 3);
const digestNs = median(() => {
  for (const event of events) eventDigest(event, secret);
}, 3);
const sealNs = median(() => {
  for (let i = 0; i < young.length; i += 16) {
    const some = young.slice(i, i + 16).flatMap(decode);
    rootOf(some.map(event => eventDigest(event, secret)));
    encode(some, 'deflate');
  }
}, 3);
print('bare SHA-256', { callsAnEvent: fastest.calls / events.length, plainNs, fastestNs });
print('sealing', { digestNs, sealNs, timesPlain: sealNs / plainNs, timesFastest: sealNs / fastestNs });
