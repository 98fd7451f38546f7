import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';

/** Position, characters deleted, text inserted; each to the text that the one before left. */
export type Patch = readonly [number, number, string];

export interface TraceStep {
  readonly patches: readonly Patch[];
  /** Known to be a machine's insertion, where the trace tells. */
  readonly machine: boolean;
}

/** Recorded editing: replaying all steps on `start` gives `end`. */
export interface Trace {
  readonly name: string;
  readonly start: string;
  readonly end: string;
  readonly steps: readonly TraceStep[];
}

/** Recorded by others, kept beside the repository; its README tells where from, and the formats. */
const folder = fileURLToPath(new URL('../../../shared/traces/', import.meta.url));

/**
 * One author's editing at a time. Traces of two authors before flattening need a merge, which no
 * tracker does: their flattened twins are in the list.
 */
export const sequentialNames = [
  'automerge-paper',
  'seph-blog1',
  'rustcode',
  'json-crdt-patch',
  'friendsforever_flat',
  'clownschool_flat',
];

/** The file's lines of text; undefined if it is not there. */
function read(file: string): string | undefined {
  const path = folder + file;
  return existsSync(path) ? gunzipSync(readFileSync(path)).toString('utf8') : undefined;
}

export function loadSequential(name: string): Trace | undefined {
  const text = read(`${name}.json.gz`);
  return text === undefined ? undefined : sequential(name, JSON.parse(text) as SequentialFile);
}

/** `count` of the co-writing sessions, spread over the file, the same in every run; all if there are fewer. */
export function loadSessions(count: number): Trace[] | undefined {
  const lines = read('coauthor-sessions.jsonl.gz')?.trimEnd().split('\n');
  const stride = Math.max(1, (lines?.length ?? 0) / count);
  return lines?.filter((_, i) => i % stride < 1).map(line => session(JSON.parse(line) as SessionLine));
}

export interface SequentialFile {
  readonly startContent?: string;
  readonly endContent: string;
  readonly txns: readonly { readonly patches: readonly Patch[] }[];
}

export function sequential(name: string, { startContent = '', endContent, txns }: SequentialFile): Trace {
  return {
    name,
    start: startContent,
    end: endContent,
    steps: txns.map(({ patches }) => ({ patches, machine: false })),
  };
}

export interface SessionLine {
  readonly id: string;
  readonly startContent: string;
  readonly endContent: string;
  readonly dt: readonly number[];
  readonly api: readonly number[];
  readonly multi: Readonly<Record<string, number>>;
  readonly rel: readonly number[];
  readonly del: readonly number[];
  readonly len: readonly number[];
  readonly ins: string;
}

export function session(line: SessionLine): Trace {
  const machine = new Set(line.api);
  const steps: TraceStep[] = [];
  let patch = 0;
  let taken = 0;
  let behind = line.startContent.length; // end of the patch before
  for (let i = 0; i < line.dt.length; i++) {
    const patches: Patch[] = [];
    for (let left = line.multi[i] ?? 1; left > 0; left--, patch++) {
      const position = behind + line.rel[patch]!;
      const insert = line.ins.slice(taken, taken + line.len[patch]!);
      taken += insert.length;
      behind = position + insert.length;
      patches.push([position, line.del[patch]!, insert]);
    }
    steps.push({ patches, machine: machine.has(i) });
  }
  return { name: line.id, start: line.startContent, end: line.endContent, steps };
}
