import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { type Patch, type SessionLine, session, type Trace } from './session.ts';

export { type SessionLine, session, type Trace, type TraceStep } from './session.ts';

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
