import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Catalogue, type Consented } from '../../src/journal/catalogue.ts';
import type { EventBody, FileFormat } from '../../src/journal/event.ts';
import { type JournalReader, openJournal } from '../../src/journal/reader.ts';
import { JournalWriter, type WriterOptions } from '../../src/journal/writer.ts';
import type { Origin } from '../../src/provenance/origin.ts';

export const workerScript = new URL('../../src/journal/worker.ts', import.meta.url);
export const lf: FileFormat = { encoding: 'utf-8', bom: false, eol: '\n' };
export const typedOrigin: Origin = { kind: 'typed', basis: 'asserted', rule: 'keyboard' };
export const initial: Origin = { kind: 'initial', basis: 'asserted', rule: 'baseline' };
export const disk: Origin = { kind: 'external.disk', basis: 'none', rule: 'disk' };

/** A data folder and a consented work folder of a test's own, with real files. */
export class Workroom {
  readonly home: string;
  readonly folder: string;
  readonly #root: string;
  readonly #writers: JournalWriter[] = [];

  constructor() {
    this.#root = mkdtempSync(join(tmpdir(), 'holograph-'));
    this.home = join(this.#root, 'home');
    this.folder = join(this.#root, 'work');
    mkdirSync(this.folder);
  }

  consent(): Consented {
    return this.catalogue(catalogue => catalogue.consent(this.folder, { by: 'person', software: 'test' }));
  }

  catalogue<T>(use: (catalogue: Catalogue) => T): T {
    const catalogue = Catalogue.open(this.home);
    try {
      return use(catalogue);
    } finally {
      catalogue.close();
    }
  }

  write(path: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), content);
  }

  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true });
  }

  get options(): WriterOptions {
    const { home, folder } = this;
    const about = { software: 'test', editor: 'mocha', platform: 'here', channels: ['files'], unreachable: [] };
    return { home, folder, worker: workerScript, ...about };
  }

  async writer(options: Partial<WriterOptions> = {}): Promise<JournalWriter> {
    const writer = await JournalWriter.open({ ...this.options, ...options });
    this.#writers.push(writer);
    return writer;
  }

  /** Reads the folder's journal. */
  read<T>(use: (reader: JournalReader) => T): T {
    const found = this.catalogue(catalogue => catalogue.find(this.folder));
    if (found === undefined) throw new Error('no consent');
    return this.readFile(found.file, use);
  }

  readFile<T>(file: string, use: (reader: JournalReader) => T): T {
    const reader = openJournal(file);
    try {
      return use(reader);
    } finally {
      reader.close();
    }
  }

  /** Closes what is open. */
  async close(): Promise<void> {
    for (const writer of this.#writers.splice(0)) await writer.close();
  }

  /** Closes what is open and removes everything. */
  async clear(): Promise<void> {
    await this.close();
    rmSync(this.#root, { recursive: true, force: true });
  }
}

/** A keystroke: `insert` at an offset of a tracker whose step it is, all new characters. */
export function keystroke(
  at: { readonly document: number; readonly tracker: number; readonly version: number; readonly first: number },
  from: number,
  insert: string,
): [EventBody, string[]] {
  const findings = insert === '' ? [] : [{ length: insert.length, ...typedOrigin }];
  const observation = { by: 'editor', selection: 'keyboard' } as const;
  return [
    { kind: 'changed', ...at, changes: [{ from, to: from }], placement: 'insert', findings, observation },
    [insert],
  ];
}
