import type { SealedSource } from '../../src/evidence/integrity.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { PackFold } from '../../src/journal/packFold.ts';
import { Replay } from '../../src/journal/replay.ts';
import { decode, encode, SegmentCursor } from '../../src/journal/segment.ts';

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
  function* opened() {
    const cursor = new SegmentCursor();
    for (const one of packs) yield cursor.open(one);
  }
  return { id: 'bench', size, root: '0'.repeat(64), checkpoints: [], events: read, packs: opened };
}

/** The state after all events of a source that has packs. */
export function replayed({ packs }: SealedSource): Replay {
  const replay = new Replay();
  const fold = new PackFold(replay);
  for (const pack of packs?.() ?? []) fold.fold(pack);
  return replay;
}
