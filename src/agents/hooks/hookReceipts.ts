import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fields, list, text } from '../reading/json.ts';
import type { Range } from './jsoncEdit.ts';

/** What was done to one file of a tool's settings, so that it can be undone to the letter. Holds nothing of the file's own. */
export interface HookReceipt {
  /** SHA-256 of the text that we left. */
  readonly after: string;
  /** There was no file. */
  readonly created: boolean;
  /** Folders that were made for it, innermost first. */
  readonly folders: readonly string[];
  /** What of the text is ours. */
  readonly ranges: readonly Range[];
}

/** The receipts of all files, in the data folder. Where they are lost, removing takes out our entries alone. */
export class HookReceipts {
  readonly #file: string;

  constructor(home: string) {
    this.#file = join(home, 'hooks', 'installed.json');
  }

  of(file: string): HookReceipt | undefined {
    return this.#all().get(file);
  }

  keep(file: string, receipt: HookReceipt): void {
    this.#write(this.#all().set(file, receipt));
  }

  forget(file: string): void {
    const all = this.#all();
    if (all.delete(file)) this.#write(all);
  }

  #all(): Map<string, HookReceipt> {
    let kept: unknown;
    try {
      kept = JSON.parse(readFileSync(this.#file, 'utf8'));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
    }
    const files = Object.entries(fields(fields(kept)?.files) ?? {});
    return new Map(files.flatMap(([file, value]) => receiptIn(value).map(receipt => [file, receipt] as const)));
  }

  #write(all: ReadonlyMap<string, HookReceipt>): void {
    mkdirSync(dirname(this.#file), { recursive: true, mode: 0o700 });
    const part = `${this.#file}.${process.pid}.part`;
    writeFileSync(part, `${JSON.stringify({ version: 1, files: Object.fromEntries(all) })}\n`, { mode: 0o600 });
    renameSync(part, this.#file);
  }
}

function receiptIn(value: unknown): HookReceipt[] {
  const { after, created, folders, ranges } = fields(value) ?? {};
  const places = list(ranges).map(fields);
  const whole = places.every(one => typeof one?.from === 'number' && typeof one.to === 'number');
  if (typeof after !== 'string' || typeof created !== 'boolean' || !whole) return [];
  const made = list(folders).flatMap(one => text(one) ?? []);
  return [{ after, created, folders: made, ranges: places as unknown as readonly Range[] }];
}
