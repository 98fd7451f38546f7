import { canonicalBytes } from '../../src/journal/canonical.ts';
import { SEGMENT } from '../../src/journal/chain.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { partsOf } from '../../src/journal/parts.ts';
import type { JournalReader } from '../../src/journal/reader.ts';

const secret = new Uint8Array(32).fill(1);

/**
 * What is hashed for an event, ready: its leaf, a node of the tree, and salt and leaf of each part of its texts, with
 * the nodes over them.
 */
export function hashed(event: JournalEvent): Uint8Array[] {
  const parts = (event.texts ?? []).flatMap(text =>
    partsOf(text).flatMap(({ from, to, space }, i) => {
      const leaf = Buffer.alloc((space ? 6 : 34) + Buffer.byteLength(text.slice(from, to)));
      return [...(space ? [leaf] : [Buffer.alloc(44), leaf]), ...(i > 0 ? [Buffer.alloc(65)] : [])];
    }),
  );
  return [Buffer.concat([Buffer.alloc(1), canonicalBytes(event, secret)]), Buffer.alloc(65), ...parts];
}

/** The same of a whole journal, a segment at a time; with the texts that its saves state the digests of. */
export function* hashedOf(reader: JournalReader): Generator<Uint8Array[]> {
  let inputs: Uint8Array[] = [];
  let [length, units, bytes] = [0, 0, 0];
  for (const event of reader.events()) {
    inputs.push(...hashed(event));
    if (event.kind === 'changed') {
      for (const [i, { from, to }] of event.changes.entries()) {
        const text = event.texts![i]!;
        units += text.length;
        bytes += Buffer.byteLength(text);
        length += text.length - (to - from);
      }
    }
    // The text is as many bytes as its share of what was ever put in: near enough, and no replay is needed.
    if (event.kind === 'saved') inputs.push(new Uint8Array(Math.floor((length * bytes) / Math.max(units, 1))));
    if (event.sequence % SEGMENT < SEGMENT - 1) continue;
    yield inputs;
    inputs = [];
  }
  yield inputs;
}
