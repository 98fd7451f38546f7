import type { Observation } from '../classify/observation.ts';
import { type Origin, type Placement, unknown } from '../provenance/origin.ts';
import type { AlignedChange, Span } from '../provenance/span.ts';
import { ChangeSet } from '../text/change.ts';
import { align } from '../text/diff.ts';
import { commonEnds } from '../text/lines.ts';
import { sliced } from './content.ts';
import type { DocumentState, TrackerState } from './documentState.ts';
import type { FileFormat, Finding } from './event.ts';
import type { FileText } from './fileText.ts';
import type { Turn } from './journal.ts';
import type { Aligned, AlignRequest, FileOrigin, Known, Opened, OpenRequest, SeenOutside } from './messages.ts';
import { plainTextDigest } from './parts.ts';
import type { Stamp } from './stamp.ts';
import { eventChanges } from './step.ts';

/** What an act of the worker is done with. */
export interface Acting {
  readonly turn: Turn;
  readonly session: number;
  readonly stamp: Stamp;
  /** Takes serials of the worker's own block. */
  serials(count: number): number;
  /** Keeps a text at hand for the matcher of agents' edits. */
  remember(digest: string, text: string): void;
  /** The text of a file of the folder, `undefined` when there is none to read. */
  read(path: string, encoding?: string): FileText | undefined;
}

export function openDocument(acting: Acting, request: OpenRequest): Opened {
  const { turn, session, stamp } = acting;
  const { replay } = turn;
  const before = replay.tracker(session, request.tracker);
  if (before !== undefined) return openedAs(acting, before);
  const document = documentFor(acting, request);
  const { tracker, path, format, continues } = request;
  const from = continues === undefined ? undefined : replay.tracker(session, continues);
  // A file that is known to hold this text already was not written by saving another text of the same words.
  const follows =
    from !== undefined && (document === from.document || document?.content.text.equals(request.text) !== true);
  const restores = !follows && document !== undefined && bringsBack(document, request);
  turn.push(session, stamp, {
    kind: 'opened',
    document: document?.document ?? replay.nextDocument,
    tracker,
    format,
    ...(path !== undefined && { path }),
    ...(follows && { continues }),
    ...(restores && { restores }),
  });
  const state = replay.tracker(session, tracker) as TrackerState;
  if (state.content.text.equals(request.text)) return openedAs(acting, state);
  if (document !== undefined) noteGap(acting, document);
  const changes = [{ from: 0, to: state.content.length, insert: request.text }];
  const step = { document: state.document.document, tracker, version: 1, changes, origin: request.origin };
  const aligned = alignStep(acting, { ...step, placement: 'resync', observation: request.observation });
  noteFile(acting, state);
  return { ...openedAs(acting, state), changed: aligned.outside };
}

/** A step of the editor's whose texts only are known. After a reload the text is, as a rule, the file's. */
export function alignOpen(acting: Acting, request: AlignRequest): Aligned {
  const aligned = alignStep(acting, request);
  const tracker = acting.turn.replay.tracker(acting.session, request.tracker);
  if (tracker !== undefined && request.observation.by === 'reload') noteFile(acting, tracker);
  return aligned;
}

/** Says so where a tracker's text, and not the document's, stands in the file: no save of the editor's will. */
export function noteFile(acting: Acting, { document, tracker, content }: TrackerState): void {
  const { path, format } = document;
  if (path === undefined || content.text.equals(document.text)) return;
  const file = acting.read(path, format.encoding);
  if (file !== undefined && content.text.equals(file.text)) pushSaved(acting, document.document, tracker, file);
}

/** Brings a step to the journal whose texts only are known: words that both texts have keep their serials. */
function alignStep(acting: Acting, request: AlignRequest): Aligned {
  const { turn, session } = acting;
  const document = turn.replay.documents.get(request.document);
  const tracker = turn.replay.tracker(session, request.tracker);
  const content = tracker?.content ?? document?.content;
  if (document === undefined || content === undefined) throw new RangeError(`no document ${request.document}`);
  const before = content.text.toString();
  const after = ChangeSet.of(before.length, request.changes).apply(before);
  const changes = align(before, after);
  const saved = tracker !== undefined && document.content !== content && document.content.text.equals(after);
  const known = saved ? spansOf(document, changes) : undefined;
  return push(acting, request, { before, after, changes, known });
}

interface Difference {
  readonly before: string;
  readonly after: string;
  readonly changes: readonly { readonly from: number; readonly to: number; readonly insert: string }[];
  /** Spans of each insert, where the characters are known from elsewhere. */
  readonly known: readonly (readonly Span[])[] | undefined;
}

function push(acting: Acting, request: AlignRequest, { before, after, changes, known }: Difference): Aligned {
  const { turn, session, stamp } = acting;
  const count = known === undefined ? changes.reduce((n, { insert }) => n + insert.length, 0) : 0;
  const places = known?.some(spans => spans.length > 0) ?? false;
  const took = acting.serials(count + (places ? 1 : 0));
  const first = places ? took + 1 : took;
  let next = first;
  const aligned: AlignedChange[] = changes.map((change, i) => {
    const spans = known?.[i] ?? (change.insert === '' ? [] : [{ serial: next, length: change.insert.length }]);
    if (known === undefined) next += change.insert.length;
    return { ...change, spans };
  });
  const findings: Finding[] = count > 0 ? [{ length: count, ...request.origin }] : [];
  const digests = { before: plainTextDigest(before), after: plainTextDigest(after) };
  acting.remember(digests.before, before);
  acting.remember(digests.after, after);
  const observation: Observation = { ...request.observation, ...digests };
  const stated = eventChanges(aligned, first);
  const { document, tracker, version, placement } = request;
  const how: Placement = places ? placement : 'insert';
  const body = { kind: 'changed', document, tracker, version, changes: stated.changes, first: took } as const;
  const rest = { ...(places && { placed: took }), placement: how, findings, observation };
  const act = turn.push(session, stamp, { ...body, ...rest }, stated.texts);
  const heard = knownOf(acting, known?.flat() ?? [], []);
  const fresh = aligned.flatMap(change => (known === undefined ? change.spans : []));
  return {
    changes: aligned,
    fresh: { first, count },
    ...(places && { placed: took }),
    findings,
    act,
    known: heard,
    outside: { ...digests, act, fresh },
  };
}

/** A file that no editor of this session holds: its text is the document's from now on. */
export function fileSeen(
  acting: Acting,
  path: string,
  file: FileText,
  seen: { readonly origin: Origin; readonly observation: Observation; readonly unwatched: boolean },
): { readonly document: number; readonly changed?: SeenOutside } {
  const { turn, session, stamp } = acting;
  const document = turn.replay.at(path);
  if (document === undefined) return { document: pushBaseline(acting, path, file, seen.origin) };
  const { document: id } = document;
  if (document.textDigest === plainTextDigest(file.text)) {
    if (!document.present || !sameFormat(document.format, file.format)) pushSaved(acting, id, 0, file);
    return { document: id };
  }
  if (seen.unwatched) turn.push(session, stamp, { kind: 'gap', document: id, reason: 'notRunning' });
  const changes = [{ from: 0, to: document.content.length, insert: file.text }];
  const step = { document: id, tracker: 0, version: 0, changes, placement: 'reload' } as const;
  const aligned = alignStep(acting, { ...step, origin: seen.origin, observation: seen.observation });
  pushSaved(acting, id, 0, file);
  return { document: id, changed: aligned.outside };
}

export function pushBaseline(acting: Acting, path: string, file: FileText, origin: Origin): number {
  const { turn, session, stamp } = acting;
  const { text, format, digest } = file;
  const document = turn.replay.at(path)?.document ?? turn.replay.nextDocument;
  const first = acting.serials(text.length);
  const digests = { fileDigest: digest, textDigest: plainTextDigest(text) };
  const finding = { length: text.length, ...origin };
  turn.push(session, stamp, { kind: 'baseline', document, path, format, ...digests, first, finding }, [text]);
  return document;
}

function pushSaved({ turn, session, stamp }: Acting, document: number, tracker: number, file: FileText): void {
  const { format, digest } = file;
  const digests = { textDigest: plainTextDigest(file.text), fileDigest: digest };
  turn.push(session, stamp, { kind: 'saved', document, tracker, seen: true, format, ...digests });
}

/** Which document an editor's text belongs to; a file that the journal has never seen is baselined first. */
function documentFor(acting: Acting, request: OpenRequest): DocumentState | undefined {
  const { replay } = acting.turn;
  const { path, continues, text } = request;
  if (path === undefined) return text === '' ? undefined : leftUntitled(acting, request);
  const known = replay.at(path);
  if (known !== undefined) return known;
  const from = continues === undefined ? undefined : replay.tracker(acting.session, continues)?.document;
  if (from !== undefined && from.path === undefined) return from;
  const file = acting.read(path, request.format.encoding);
  if (file === undefined) return undefined;
  const origin = request.file === undefined ? request.origin : originOfFile(file, request.file);
  return replay.documents.get(pushBaseline(acting, path, file, origin));
}

/** What the text of a file is, of which nothing is known but how it stands now. */
export function originOfFile({ touched }: FileText, { origin, until }: FileOrigin): Origin {
  return until === undefined || touched <= until ? origin : lateFile;
}

const lateFile: Origin = { ...unknown, rule: 'disk.start' };

/** Whether the editor's text is what the document's last tracker left unsaved, or was made from it. */
function bringsBack({ left, content }: DocumentState, { text, dirty }: OpenRequest): boolean {
  if (left === undefined || left.text.equals(text)) return left !== undefined;
  return dirty === true && apart(left.text.toString(), text) < apart(content.text.toString(), text);
}

/** An untitled text that was left unsaved and that the editor has brought back; after a crash some keys may be lost. */
function leftUntitled({ turn }: Acting, { text, dirty }: OpenRequest): DocumentState | undefined {
  const left = [...turn.replay.documents.values()].filter(d => d.path === undefined && d.left !== undefined);
  const same = left.find(d => d.left!.text.equals(text));
  if (same !== undefined || !dirty || text.length < shortest) return same;
  return left.find(d => apart(d.left!.text.toString(), text) <= fewKeys);
}

/** Shorter texts are alike by chance. */
const shortest = 40;
const fewKeys = 16;

/** Length of what stands between the equal starts and ends of two texts, on the longer side. */
function apart(a: string, b: string): number {
  const { start, end } = commonEnds(a, b);
  return Math.max(a.length, b.length) - start - end;
}

function noteGap({ turn, session, stamp }: Acting, { document, savedAt }: DocumentState): void {
  const began = turn.replay.sessions.get(session)?.opened.sequence ?? 0;
  if (savedAt < began) turn.push(session, stamp, { kind: 'gap', document, reason: 'notRunning' });
}

/** Spans of the inserts as the document's own text has them, or undefined where what is kept differs. */
function spansOf(document: DocumentState, changes: Difference['changes']): (readonly Span[])[] {
  const spans = document.provenance.spans();
  let shift = 0;
  return changes.map(({ from, to, insert }) => {
    const at = from + shift;
    shift += insert.length - (to - from);
    return sliced(spans, at, at + insert.length);
  });
}

function openedAs(acting: Acting, { document, version, provenance }: TrackerState): Opened {
  const spans = provenance.spans();
  const placements = provenance.placements(0, provenance.length);
  return { document: document.document, version, spans, placements, known: knownOf(acting, spans, placements) };
}

/** What is known of these characters; the thread passes over what it has heard before. */
function knownOf({ turn }: Acting, spans: readonly Span[], placements: readonly Span[]): Known {
  const { origins, placings } = turn.replay;
  const findings = [...origins.walk(spans)].map(({ serial, length, origin, act }) => {
    return { first: serial, count: length, origin, act };
  });
  const acts = placements.flatMap(({ serial }) => {
    const placing = placings.get(serial);
    return placing === undefined ? [] : [{ placed: serial, ...placing }];
  });
  return { findings, acts };
}

function sameFormat(a: FileFormat, b: FileFormat): boolean {
  return a.encoding === b.encoding && a.bom === b.bom && a.eol === b.eol && `${a.others}` === `${b.others}`;
}
