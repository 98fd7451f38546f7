import { type Fields, fields, list, text } from '../reading/json.ts';
import { applyRanges } from '../reading/rangeEdit.ts';
import { fileOf } from './chatRequest.ts';

/** One step of what a request of a chat did to a file. */
export interface RequestEdit {
  readonly request: string;
  readonly file: string;
  /** One-based number of the file among those of the request. */
  readonly place: number;
  /** Its operation, or the newest of several: a growing number within the session. */
  readonly epoch: number;
  /** `null`: there was no file. Absent: not recorded. */
  readonly before?: string | null;
  readonly after: string;
}

/** What a timeline holds that could not be told. */
export type TimelineProblem =
  | 'unknown operation'
  | 'notebook operation'
  | 'operation does not fit'
  | 'too much to replay';

/** Code units of texts that one replay goes through at most: a second or two. */
const EFFORT = 1_000_000_000;

/** Steps that are told one by one of a request and file; those that follow are told as one, so that texts stay few. */
const STEPS = 16;

interface Work {
  readonly request: string;
  readonly place: number;
  file: string;
  first: number;
  steps: number;
  /** The text now; undefined: not known, or no file. */
  now: string | undefined;
  /** There is no file: the request took it away. */
  gone: boolean;
  /** The request made the file, and no step has told of it yet. */
  made: boolean;
  /** What is still to be told as one: the text before it, and its newest operation. */
  rest: { readonly before?: string | null; readonly epoch: number } | undefined;
}

/**
 * Replays the timeline of an editing session of VS Code's chat: for each request and file the text at its first
 * operation (a baseline, or nothing where the request made the file), then operations in the order of their epochs
 * (source: microsoft/vscode, `chatEditingCheckpointTimelineImpl.ts`). What a person typed between two requests lies
 * between the one's text after and the other's baseline, so it is in no edit. `told`: newest epoch already told of a
 * request and file, by `keyOf`; what follows begins there. Gives at the end, by `keyOf`, the requests and files, told
 * or found, of which no operation stands any more: winding back leaves operations in place until others are made.
 */
export function* replay(
  timeline: Fields,
  told: ReadonlyMap<string, number>,
  problem: (kind: TimelineProblem) => void,
): Generator<RequestEdit, readonly string[]> {
  const baselines = baselinesIn(timeline);
  const works = new Map<string, Work>();
  const places = new Map<string, number>();
  const moved = new Set<string>();
  // Told epochs grow while this is read.
  const before = new Map(told);
  let effort = 0;

  const workOn = (request: string, file: string, first: number): Work => {
    const key = keyOf(request, file);
    const found = works.get(key);
    if (found) return found;
    const place = (places.get(request) ?? 0) + 1;
    places.set(request, place);
    const now = baselines.get(key);
    const work: Work = { request, file, place, first, steps: 0, now, gone: false, made: false, rest: undefined };
    works.set(key, work);
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
    if (operation.type === 'rename') {
      const work = workOn(request, fileOf(operation.oldUri) ?? file, epoch);
      moved.add(keyOf(request, work.file));
      works.delete(keyOf(request, work.file));
      work.file = fileOf(operation.newUri) ?? file;
      works.set(keyOf(request, work.file), work);
      continue;
    }
    const work = workOn(request, file, epoch);
    const prior = work.now;
    effort += prior?.length ?? 0;
    if (effort > EFFORT) {
      problem('too much to replay');
      break;
    }
    apply(work, operation, problem);
    const old = work.made ? null : prior;
    const isTold = epoch <= (before.get(keyOf(request, file)) ?? -1);
    if (isTold) work.made = false;
    if (isTold || work.now === undefined || work.now === (old ?? '')) continue;
    work.made = false;
    const known = old === undefined ? {} : { before: old };
    if (++work.steps < STEPS) yield { request, file, place: work.place, epoch, ...known, after: work.now };
    else work.rest = { ...(work.rest ?? known), epoch };
  }

  for (const { request, file, place, now, rest } of works.values()) {
    if (rest && now !== undefined) yield { request, file, place, ...rest, after: now };
  }
  // Of what was not come to, nothing is known.
  if (effort > EFFORT) return [];
  const current = typeof timeline.currentEpoch === 'number' ? timeline.currentEpoch : Number.POSITIVE_INFINITY;
  const wound = [...works].filter(([, { first }]) => first >= current).map(([key]) => key);
  return [...wound, ...[...before.keys()].filter(key => !works.has(key) && !moved.has(key))];
}

function apply(work: Work, operation: Fields, problem: (kind: TimelineProblem) => void): void {
  const { type } = operation;
  if (type === 'create') {
    work.made = work.gone || work.first === operation.epoch;
    work.gone = false;
    work.now = text(operation.initialContent);
  } else if (type === 'delete') {
    work.now = undefined;
    work.gone = true;
  } else if (type === 'textEdit' && operation.cellIndex === undefined) {
    work.now = work.now === undefined ? undefined : applyRanges(work.now, operation.edits);
    if (work.now === undefined) problem('operation does not fit');
  } else {
    work.now = undefined;
    problem(type === 'notebookEdit' || type === 'textEdit' ? 'notebook operation' : 'unknown operation');
  }
}

export function keyOf(request: string, file: string): string {
  return `${request}\n${file}`;
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
