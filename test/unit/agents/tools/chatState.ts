import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file as VS Code writes it down. */
export function uri(path: string): object {
  return { $mid: 1, fsPath: path, external: `file://${path}`, path, scheme: 'file' };
}

/** A request as a chat session keeps it, done unless `more` says otherwise. */
export function request(id: string, text: string, response: readonly object[] = [], more: object = {}): object {
  return {
    requestId: `request_${id}`,
    timestamp: Date.UTC(2026, 0, 2, 10),
    modelId: 'copilot/gpt-4o',
    message: { text, parts: [] },
    response,
    responseId: `response_${id}`,
    result: { timings: { totalElapsed: 2000 }, metadata: {} },
    ...more,
  };
}

export const said = (value: string): object => ({ value, supportThemeIcons: false });

/** Edits of a file: text, and its one-based range. */
export function wrote(path: string, ...edits: readonly [text: string, from: Place, to: Place][]): object {
  return { kind: 'textEditGroup', uri: uri(path), edits: [edits.map(edit => at(...edit))], done: true };
}

type Place = readonly [line: number, column: number];

export function at(text: string, from: Place, to: Place): object {
  const [startLineNumber, startColumn] = from;
  const [endLineNumber, endColumn] = to;
  return { text, range: { startLineNumber, startColumn, endLineNumber, endColumn } };
}

/** A request's calls of tools as its record keeps them. */
export function called(...calls: readonly [id: string, name: string, input: object][]): object {
  const toolCalls = calls.map(([id, name, input]) => ({ id, name, arguments: JSON.stringify(input) }));
  return { timings: { totalElapsed: 2000 }, metadata: { toolCallRounds: [{ toolCalls }] } };
}

export function session(requests: readonly object[], more: object = {}): object {
  return { version: 3, sessionId: 'talk', requests, ...more };
}

/** A workspace's storage whose folder is `opened`. */
export function storage(folder: string, opened: string): string {
  write(join(folder, 'workspace.json'), JSON.stringify({ folder: `file://${opened}` }));
  return folder;
}

/** A chat session as a log, or as a file if its name ends so. */
export function chat(file: string, state: object, ...entries: readonly object[]): string {
  const lines = [{ kind: 0, v: state }, ...entries].map(entry => `${JSON.stringify(entry)}\n`);
  return write(file, file.endsWith('.jsonl') ? lines.join('') : JSON.stringify(state));
}

/** An editing session: its state, and texts beside it by their names. */
export function editing(folder: string, state: object, ...texts: readonly string[]): string {
  for (const text of texts) write(join(folder, 'contents', nameOf(text)), text);
  return write(join(folder, 'state.json'), JSON.stringify({ version: 2, initialFileContents: [], ...state }));
}

/** The name under which an editing session keeps a text. */
export function nameOf(text: string): string {
  return createHash('sha1').update(text).digest('hex').slice(0, 7);
}

/** The state of a timeline: baselines by request and file, operations in order with epochs of their own from 1. */
export function timeline(
  baselines: readonly [request: string, file: string, content: string][],
  operations: readonly object[],
  more: object = {},
): object {
  const fileBaselines = baselines.map(([request, file, content]) => [
    `file://${file}::request_${request}`,
    { uri: uri(file), requestId: `request_${request}`, content, epoch: 1 },
  ]);
  const all = operations.map((operation, index) => ({ epoch: index + 1, ...operation }));
  return { timeline: { checkpoints: [], fileBaselines, operations: all, currentEpoch: all.length + 1, ...more } };
}

export function operation(type: string, request: string, file: string, more: object = {}): object {
  return { type, uri: uri(file), requestId: `request_${request}`, ...more };
}

function write(file: string, text: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
  return file;
}
