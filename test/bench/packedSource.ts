import type { SealedSource } from '../../src/evidence/integrity.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { decode, encode } from '../../src/journal/segment.ts';

/** Events packed as a journal keeps them, to read again and again. */
export function packedSource(events: Iterable<JournalEvent>): SealedSource {
  const packs: Uint8Array[] = [];
  let pack: JournalEvent[] = [];
  let size = 0;
  for (const event of events) {
    pack.push(event);
    size++;
    if (pack.length < 4096) continue;
    packs.push(encode(pack));
    pack = [];
  }
  packs.push(encode(pack));
  function* read() {
    for (const one of packs) yield* decode(one);
  }
  return { id: 'bench', size, root: '0'.repeat(64), checkpoints: [], events: read };
}
