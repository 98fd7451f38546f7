import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventBody, JournalEvent } from '../../src/journal/event.ts';
import type { QueuedEvent } from '../../src/journal/messages.ts';
import { type Opening, openSession } from '../../src/journal/opening.ts';
import { keystroke, lf } from '../support/workroom.ts';

/** A data folder of a bench's own. */
export class BenchRoom {
  readonly root = mkdtempSync(join(tmpdir(), 'holograph-bench-'));

  constructor() {
    mkdirSync(join(this.root, 'work'));
  }

  /** A session as a window's worker has one; in the same journal as the one before. */
  session(): Opening {
    const about = { software: 'bench', editor: 'bench', platform: 'here', channels: [], unreachable: [] };
    const at = { home: join(this.root, 'home'), folder: join(this.root, 'work'), consent: 'command' } as const;
    return openSession({ ...at, ...about }, problem => console.log('  problem', problem));
  }

  clear(): void {
    rmSync(this.root, { recursive: true });
  }
}

/**
 * A trace's `changed` events as a window hands them to its worker: its documents are trackers of one session, each with
 * a text that all steps have room in. `first`: of the serials that the window may give.
 */
export function handedOver(all: readonly JournalEvent[], first: number): QueuedEvent[] {
  const out: QueuedEvent[] = [];
  const steps = new Map<number, number>();
  const stamp = { time: 0, monotonic: 0, zone: 0 };
  let serial = first + 2 ** 31;
  for (const [document, room] of roomsOf(all)) {
    out.push({ ...stamp, body: { kind: 'opened', document, tracker: document, format: lf } });
    steps.set(document, room > 0 ? 1 : 0);
    if (room === 0) continue;
    const at = { document, tracker: document, version: 1, first: serial };
    const [body, texts] = keystroke(at, 0, ' '.repeat(room));
    out.push({ ...stamp, body, texts });
    serial += room;
  }
  const shift = first - 2 ** 32;
  for (const { sequence, time, monotonic, zone, session, texts, ...body } of all) {
    if (body.kind !== 'changed') continue;
    const version = steps.get(body.document)! + 1;
    steps.set(body.document, version);
    const own = { ...body, tracker: body.document, version, first: body.first + shift };
    out.push({ time, monotonic, zone, body: own as EventBody, ...(texts && { texts }) });
  }
  return out;
}

/** How long each document's text must be before its first event for all of them to fit. */
function roomsOf(all: readonly JournalEvent[]): Map<number, number> {
  const rooms = new Map<number, { delta: number; room: number }>();
  for (const event of all) {
    if (event.kind !== 'changed') continue;
    const of = rooms.get(event.document) ?? { delta: 0, room: 0 };
    const { from = 0, to = 0 } = event.changes[0] ?? {};
    of.room = Math.max(of.room, to - of.delta);
    of.delta += (event.texts?.[0]?.length ?? 0) - (to - from);
    rooms.set(event.document, of);
  }
  return new Map([...rooms].map(([document, { room }]) => [document, room]));
}
