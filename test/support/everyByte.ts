import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { readPack } from '../../src/journal/pack.ts';

/**
 * Where a word stands below a folder: in the bytes of any file, and in what a database's values hold once they are
 * unpacked. As `file` or `file: table.column`.
 */
export function placesOf(word: string, folder: string): string[] {
  const places: string[] = [];
  for (const name of existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : []) {
    const file = join(folder, name);
    if (!statSync(file).isFile()) continue;
    const bytes = readFileSync(file);
    if (holds(bytes, word)) places.push(name);
    if (bytes.subarray(0, 15).toString('latin1') === 'SQLite format 3') {
      places.push(...placesIn(file, word).map(place => `${name}: ${place}`));
    }
  }
  return places;
}

function placesIn(file: string, word: string): string[] {
  const database = new Database(file, { readonly: true });
  const places = new Set<string>();
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").pluck().all() as string[];
    for (const table of tables) {
      for (const row of database.prepare(`SELECT * FROM "${table}"`).iterate() as Iterable<Record<string, unknown>>) {
        for (const [column, value] of Object.entries(row)) {
          if (value instanceof Uint8Array && unpacked(value).some(bytes => holds(bytes, word)))
            places.add(`${table}.${column}`);
        }
      }
    }
  } finally {
    database.close();
  }
  return [...places];
}

/** All that a value may be the packed form of. */
function unpacked(value: Uint8Array): Uint8Array[] {
  const all: Uint8Array[] = [];
  const attempts: (() => void)[] = [
    () => all.push(inflateRawSync(value)),
    () => {
      const pack = readPack(value);
      all.push(pack.columns, pack.texts());
    },
  ];
  for (const attempt of attempts) {
    try {
      attempt();
    } catch (error) {
      // It is not packed in this way.
      if (!(error instanceof Error)) throw error;
    }
  }
  return all;
}

export function holds(bytes: Uint8Array, word: string): boolean {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  return buffer.includes(Buffer.from(word, 'utf8')) || buffer.includes(Buffer.from(word, 'utf16le'));
}
