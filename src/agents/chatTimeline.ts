import { fileOf } from './chatRequest.ts';
import { type Fields, fields, list, text } from './json.ts';
import { applyRanges } from './rangeEdit.ts';

/** What one request of a chat did to one file, or what it did since a reader last told of it. */
export interface RequestEdit {
  readonly request: string;
  readonly file: string;
  /** One-based number of the file among those of the request. */
  readonly place: number;
  /** The newest of its operations: a growing number within the session. */
  readonly epoch: number;
  /** `null`: there was no file. Absent: not recorded. */
  readonly before?: string | null;
  readonly after: string;
}

export interface Replayed {
  readonly edits: readonly RequestEdit[];
  /** Of what was told or is now: requests and files, by `keyOf`, of which no operation stands any more. */
  readonly undone: readonly string[];
}

/** What a timeline holds that could not be told. */
export type TimelineProblem = 'unknown operation' | 'notebook operation' | 'operation does not fit';

interface Work {
  readonly request: string;
  readonly place: number;
  file: string;
  first: number;
  epoch: number;
  before: string | null | undefined;
  /** Undefined: not known, or no file. */
  now: string | undefined;
}

/**
 * Replays the timeline of an editing session of VS Code's chat: for each request and file the text at its first
 * operation (a baseline, or nothing where the request made the file), then operations in the order of their epochs
 * (source: microsoft/vscode, `chatEditingCheckpointTimelineImpl.ts`). What a person typed between two requests lies
 * between the one's text after and the other's baseline, so it is in no edit. `told`: newest epoch already told of a
 * request and file, by `keyOf`; its edit then begins at that epoch's text. Winding back leaves the operations in place
 * until others are made.
 */
export function replayed(
  timeline: Fields,
  told: ReadonlyMap<string, number>,
  problem: (kind: TimelineProblem) => void,
): Replayed {
  const baselines = baselinesIn(timeline);
  const works = new Map<string, Work>();
  const places = new Map<string, number>();
  const moved = new Set<string>();
  const current = typeof timeline.currentEpoch === 'number' ? timeline.currentEpoch : Number.POSITIVE_INFINITY;

  const workOn = (request: string, file: string, epoch: number): Work => {
    const key = keyOf(request, file);
    let work = works.get(key);
    if (!work) {
      const place = (places.get(request) ?? 0) + 1;
      places.set(request, place);
      const text = baselines.get(key);
      work = { request, file, place, first: epoch, epoch, before: text, now: text };
      works.set(key, work);
    }
    return work;
  };

  for (const operation of operationsIn(timeline)) {
    const request = text(operation.requestId);
    const file = fileOf(operation.uri);
    const epoch = operation.epoch as number;
    if (request === undefined || file === undefined) {
      problem(isNotebook(operation) ? 'notebook operation' : 'unknown operation');
      continue;
    }
    const { type } = operation;
    if (type === 'rename') {
      const work = workOn(request, fileOf(operation.oldUri) ?? file, epoch);
      moved.add(keyOf(request, work.file));
      rename(works, work, fileOf(operation.newUri) ?? file, epoch);
      continue;
    }
    const work = workOn(request, file, epoch);
    if (type === 'textEdit' && operation.cellIndex === undefined) {
      const known = work.now !== undefined;
      if (known) work.now = applyRanges(work.now!, operation.edits);
      if (work.now === undefined) problem('operation does not fit');
    } else if (type === 'create') {
      if (work.first === epoch) work.before = null;
      work.now = text(operation.initialContent);
    } else if (type === 'delete') work.now = undefined;
    else {
      work.now = undefined;
      problem(type === 'notebookEdit' || type === 'textEdit' ? 'notebook operation' : 'unknown operation');
    }
    work.epoch = epoch;
    if (told.get(keyOf(request, work.file)) === epoch) work.before = work.now;
  }

  const edits = [...works.values()].flatMap(({ request, file, place, epoch, before, now }): RequestEdit[] => {
    const old = (told.get(keyOf(request, file)) ?? -1) >= epoch;
    if (now === undefined || now === before || old) return [];
    const edit = { request, file, place, epoch, after: now };
    return [before === undefined ? edit : { ...edit, before }];
  });
  const wound = [...works].filter(([, { first }]) => first >= current).map(([key]) => key);
  const gone = [...told.keys()].filter(key => !works.has(key) && !moved.has(key));
  return { edits, undone: [...wound, ...gone] };
}

export function keyOf(request: string, file: string): string {
  return `${request}\n${file}`;
}

/** What follows is of the new name; its text is the one that was moved. */
function rename(works: Map<string, Work>, work: Work, file: string, epoch: number): void {
  works.delete(keyOf(work.request, work.file));
  works.set(keyOf(work.request, file), Object.assign(work, { file, epoch }));
}

function baselinesIn(timeline: Fields): ReadonlyMap<string, string> {
  const out = new Map<string, string>();
  for (const entry of list(timeline.fileBaselines)) {
    const baseline = fields(list(entry)[1]);
    const [request, file, content] = [text(baseline?.requestId), fileOf(baseline?.uri), text(baseline?.content)];
    // A notebook's content is VS Code's own form of it, not the file's text.
    if (baseline?.notebookViewType !== undefined) continue;
    if (request !== undefined && file !== undefined && content !== undefined) out.set(keyOf(request, file), content);
  }
  return out;
}

function operationsIn(timeline: Fields): readonly Fields[] {
  const known = list(timeline.operations).flatMap(value => {
    const operation = fields(value);
    return operation && typeof operation.epoch === 'number' ? [operation] : [];
  });
  return known.sort((a, b) => (a.epoch as number) - (b.epoch as number));
}

function isNotebook({ type, uri }: Fields): boolean {
  return type === 'notebookEdit' || fields(uri)?.scheme === 'vscode-notebook-cell';
}
