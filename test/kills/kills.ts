import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { heldIn } from '../../src/journal/backup.ts';
import { Catalogue } from '../../src/journal/catalogue.ts';
import { toHex } from '../../src/journal/digest.ts';
import { journalFile } from '../../src/journal/home.ts';
import { type JournalReader, openJournal } from '../../src/journal/reader.ts';
import { restore } from '../../src/journal/restore.ts';
import { spooled } from '../../src/journal/spool.ts';
import { Seeded } from '../support/seeded.ts';
import { Workroom } from '../support/workroom.ts';
import { bundleChild } from './bundle.ts';
import type { Role } from './child.ts';
import { Acknowledged, Slot } from './slot.ts';

export interface Killed {
  readonly kills: number;
  /** Of these, while the process was still starting. */
  readonly early: number;
  readonly began: number;
  readonly events: number;
  readonly acknowledged: number;
  readonly segments: number;
  readonly backups: number;
  readonly restores: number;
  readonly checkpoints: number;
  readonly waited: number;
  /** What should not be; empty where all is well. */
  readonly wrong: readonly string[];
}

const places: readonly Role[] = ['window', 'window', 'command', 'hook'];
interface Look {
  readonly size: number;
  readonly root: string;
}

/** Kills for each kill of a restore, which come after the others. */
const restored = 20;
/** Kills between two looks at the journal, whose root at that size must stay. */
const look = 20;

/**
 * Four processes work on one journal, each killed at random moments and begun anew, until so many are killed. Then:
 * every act that one of them was told to be kept is there, once; the journal verifies, is at every size that was
 * looked at what it was then, and no start went wrong.
 */
export async function kill({ kills, seed }: { readonly kills: number; readonly seed: number }): Promise<Killed> {
  await bundleChild();
  const room = new Workroom();
  const { file } = room.consent();
  const told = new Acknowledged();
  const looks: Look[] = [];
  const place = join(room.folder, '..', 'saved');
  let left = kills;
  const wrong: string[] = [];
  try {
    await Promise.all(
      places.map(async (role, n) => {
        const slot = new Slot(role, [room.home, room.folder, place], new Seeded(seed * 8 + n), told);
        while (left-- > 0) {
          await slot.killOne();
          if (left % look === 0) looks.push(room.readFile(file, looked));
        }
      }),
    );
    if (existsSync(`${place}.backup`)) {
      const slot = new Slot('restorer', [room.home, room.folder, place], new Seeded(seed * 8 + places.length), told);
      for (let n = 0; n < kills / restored; n++) {
        await slot.killOne();
        wrong.push(...(await halfRestored(`${room.home}.restored`, `${place}.backup`)));
      }
    }
    // Whoever starts next takes in what waits.
    await (await room.writer()).close();
    const all = room.readFile(file, reader => found(reader, told, looks, place));
    return { kills, ...all, wrong: [...wrong, ...all.wrong] };
  } finally {
    await room.clear();
  }
}

/** What is wrong with what a killed restore left: the journal is there whole or not at all, and the next restore ends. */
async function halfRestored(home: string, backup: string): Promise<string[]> {
  const held = heldIn(backup);
  const file = journalFile(home, held.journal);
  const wrong: string[] = [];
  if (existsSync(file)) {
    const reader = openJournal(file);
    if (toHex(reader.root(held.size)) !== held.root) wrong.push('a killed restore left another journal');
    reader.close();
  }
  const catalogue = Catalogue.open(home);
  const { kind } = await restore(catalogue, { file: backup, by: 'command', software: 'test' });
  if (kind !== 'restored' && kind !== 'newer') wrong.push(`after a killed restore: ${kind}`);
  if (catalogue.enter(held.journal) === undefined) wrong.push('what was restored cannot be read');
  catalogue.close();
  rmSync(home, { recursive: true });
  return wrong;
}

function looked(reader: JournalReader): Look {
  return { size: reader.size, root: toHex(reader.root()) };
}

function found(
  reader: JournalReader,
  told: Acknowledged,
  looks: readonly Look[],
  place: string,
): Omit<Killed, 'kills'> {
  const wrong = [...told.failures];
  const at = (size: number) => (size <= reader.size ? toHex(reader.root(size)) : 'nothing');
  for (const { sequence, what, detail } of reader.verify().wrong) wrong.push(`event ${sequence}: ${what}: ${detail}`);
  for (const { size, root } of looks) if (at(size) !== root) wrong.push(`at ${size} events it was another journal`);
  const backup = existsSync(`${place}.backup`) ? heldIn(`${place}.backup`) : undefined;
  if (backup !== undefined && at(backup.size) !== backup.root) wrong.push('the backup is of another journal');
  for (const { path, state } of spooled(reader.file)) wrong.push(`${state} in the spool: ${path}`);
  wrong.push(...missing(reader, told));
  const { began, early, checkpoint: checkpoints, backup: backups, restored: restores, again: waited } = told.counts;
  const acknowledged = told.acts.length + told.events.reduce((sum, { count }) => sum + count, 0);
  const segments = Math.floor(reader.size / 4096);
  return { early, began, events: reader.size, acknowledged, segments, backups, restores, checkpoints, waited, wrong };
}

/** What was acknowledged and is not there, or stands twice. */
function missing(reader: JournalReader, told: Acknowledged): string[] {
  const sessions = new Uint32Array(reader.size);
  const acts = new Map<string, number>();
  const wrong: string[] = [];
  for (const event of reader.events()) {
    sessions[event.sequence] = event.session;
    if (event.kind === 'prompt') acts.set(event.id, (acts.get(event.id) ?? 0) + 1);
    if (event.kind === 'gap' && event.reason !== 'crash') wrong.push(`a gap: ${event.reason} ${event.note}`);
  }
  for (const id of told.acts) if (acts.get(id) === undefined) wrong.push(`act ${id} is not there`);
  for (const [id, times] of acts) if (times > 1) wrong.push(`act ${id} stands there ${times} times`);
  for (const { session, sequence, count } of told.events) {
    const all = sessions.subarray(sequence, sequence + count);
    if (all.length !== count || all.some(one => one !== session))
      wrong.push(`event ${sequence} is not session ${session}'s`);
  }
  return wrong;
}
