import type { Observation } from '../classify/observation.ts';
import { type Origin, unknown } from '../provenance/origin.ts';
import { commonEnds } from '../text/lines.ts';
import type { Acting } from './acting.ts';
import { alignStep, knownOf } from './alignStep.ts';
import type { DocumentState, TrackerState } from './documentState.ts';
import type { FileFormat } from './event.ts';
import type { FileText } from './fileText.ts';
import { masked } from './masked.ts';
import { maskedFile } from './maskedFile.ts';
import type { Aligned, AlignRequest, FileOrigin, Opened, OpenRequest, SeenOutside } from './messages.ts';
import { broughtBy, nothing } from './outside.ts';
import { plainTextDigest } from './parts.ts';
import { movedHere } from './paths.ts';
import type { Replay } from './replay.ts';

export function openDocument(acting: Acting, request: OpenRequest): Opened {
  const { turn, session, stamp } = acting;
  const { replay } = turn;
  const before = replay.tracker(session, request.tracker);
  if (before !== undefined) return { ...openedAs(acting, before), changed: [] };
  const { document, brought } = documentFor(acting, request);
  request = { ...request, text: maskedAs(replay, document, request.text) };
  const { tracker, path, format, continues } = request;
  const from = continues === undefined ? undefined : replay.tracker(session, continues);
  // A file that is known to hold this text already was not written by saving another text of the same words.
  const follows =
    from !== undefined && (document === from.document || document?.content.text.equals(request.text) !== true);
  const restores = !follows && document !== undefined && bringsBack(acting, document, request);
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
  if (state.content.text.equals(request.text)) {
    // What another program wrote just before the file was renamed was loaded when nothing stood at the old name any more.
    if (restores) noteFile(acting, state);
    return { ...openedAs(acting, state), changed: seenIn(brought) };
  }
  if (document !== undefined) noteGap(acting, document);
  const changes = [{ from: 0, to: state.content.length, insert: request.text }];
  const step = { document: state.document.document, tracker, version: 1, changes, origin: request.origin };
  const aligned = alignStep(acting, { ...step, placement: 'resync', observation: request.observation });
  noteFile(acting, state);
  return { ...openedAs(acting, state), changed: seenIn(brought, aligned.outside) };
}

/** A text that the editor has, with the blanks of the recorded one that it is but for them. */
function maskedAs(replay: Replay, document: DocumentState | undefined, text: string): string {
  if (document === undefined || replay.redactions.length === 0) return text;
  const [own, left] = [document.content, document.left].map(content => content && masked(replay, content, text));
  return left !== undefined && document.left?.text.equals(left) ? left : (own ?? text);
}

function seenIn(...changes: readonly (SeenOutside | undefined)[]): SeenOutside[] {
  return changes.filter(change => change !== undefined);
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

/** A file that no editor of this session holds: its text is the document's from now on. */
export function fileSeen(
  acting: Acting,
  path: string,
  file: FileText,
  seen: { readonly origin: Origin; readonly observation: Observation; readonly unwatched: boolean },
): { readonly document: number; readonly changed?: SeenOutside } {
  const { turn, session, stamp } = acting;
  const document = turn.replay.at(path) ?? movedHere(acting, path, file);
  if (document === undefined) {
    const { document: id, brought } = pushBaseline(acting, path, file, seen);
    return { document: id, ...(brought && { changed: brought }) };
  }
  const { document: id } = document;
  file = maskedFile(turn.replay, path, file);
  if (document.textDigest === plainTextDigest(file.text)) {
    if (!document.present || !sameFormat(document.format, file.format)) pushSaved(acting, id, 0, file);
    return { document: id };
  }
  if (seen.unwatched) turn.push(session, stamp, { kind: 'gap', document: id, reason: 'notRunning' });
  const changes = [{ from: 0, to: document.content.length, insert: file.text }];
  const step = { document: id, tracker: 0, version: 0, changes, placement: 'reload' } as const;
  const aligned = alignStep(acting, { ...step, origin: seen.origin, observation: seen.observation });
  pushSaved(acting, id, 0, file);
  return { document: id, ...(aligned.outside && { changed: aligned.outside }) };
}

/**
 * `brought`: as a change from outside, where the text was not there at consent. A file that has text of other files is
 * recorded as an empty one that another program then wrote, so that what it has of them keeps its serials.
 */
function pushBaseline(
  acting: Acting,
  path: string,
  file: FileText,
  { origin, observation }: { readonly origin: Origin; readonly observation: Observation },
): { readonly document: number; readonly brought?: SeenOutside } {
  const { turn, session, stamp } = acting;
  const { text, format, digest } = file;
  const document = turn.replay.at(path)?.document ?? turn.replay.nextDocument;
  if (origin.kind !== 'initial' && returns(acting, document, text)) {
    const empty = { textDigest: nothing, fileDigest: nothing, first: acting.serials(0) };
    const form = { encoding: 'utf-8', bom: false, eol: format.eol } as const;
    const finding = { length: 0, ...origin };
    turn.push(session, stamp, { kind: 'baseline', document, path, format: form, ...empty, finding }, ['']);
    const changes = [{ from: 0, to: 0, insert: text }];
    const step = { document, tracker: 0, version: 0, changes, placement: 'reload', origin, observation } as const;
    const { outside } = alignStep(acting, step);
    pushSaved(acting, document, 0, file);
    return { document, ...(outside && { brought: outside }) };
  }
  const first = acting.serials(text.length);
  const digests = { fileDigest: digest, textDigest: plainTextDigest(text) };
  const finding = { length: text.length, ...origin };
  const body = { kind: 'baseline', document, path, format, ...digests, first, finding } as const;
  const act = turn.push(session, stamp, body, [text]);
  if (origin.kind === 'initial') return { document };
  acting.remember(digests.textDigest, text);
  return { document, brought: { act, ...broughtBy(body) } };
}

function returns({ recall, turn, stamp }: Acting, document: number, text: string): boolean {
  const { runs } = recall.runs(text, { document, way: 'outside', time: stamp.time }, turn.replay);
  return runs.some(run => run.serial !== undefined);
}

export function pushSaved({ turn, session, stamp }: Acting, document: number, tracker: number, file: FileText): void {
  const { format, digest } = file;
  const digests = { textDigest: digest === '' ? '' : plainTextDigest(file.text), fileDigest: digest };
  turn.push(session, stamp, { kind: 'saved', document, tracker, seen: true, format, ...digests });
}

interface Found {
  readonly document: DocumentState | undefined;
  /** The file was not there before. */
  readonly brought?: SeenOutside;
}

/** Which document an editor's text belongs to; a file that the journal has never seen is baselined first. */
export function documentFor(acting: Acting, request: Omit<OpenRequest, 'tracker' | 'observation'>): Found {
  const { replay } = acting.turn;
  const { path, continues, text } = request;
  if (path === undefined) return { document: text === '' ? undefined : leftUntitled(acting, request) };
  const known = replay.at(path);
  if (known !== undefined) return { document: known };
  const from = continues === undefined ? undefined : replay.tracker(acting.session, continues)?.document;
  if (from !== undefined && from.path === undefined) return { document: from };
  const file = acting.read(path, request.format.encoding);
  if (file === undefined) return { document: undefined };
  if (request.empty) {
    const empty = { ...file, text: '', digest: nothing };
    const { document } = pushBaseline(acting, path, empty, { origin: request.origin, observation: { by: 'open' } });
    return { document: replay.documents.get(document) };
  }
  const moved = movedHere(acting, path, file);
  if (moved !== undefined) return { document: moved };
  const origin = request.file === undefined ? request.origin : originOfFile(file, request.file);
  const { document, brought } = pushBaseline(acting, path, file, { origin, observation: { by: 'open' } });
  return { document: replay.documents.get(document), ...(brought && { brought }) };
}

/** What the text of a file is, of which nothing is known but how it stands now. */
export function originOfFile({ touched }: FileText, { origin, until }: FileOrigin): Origin {
  return until === undefined || touched <= until ? origin : lateFile;
}

const lateFile: Origin = { ...unknown, rule: 'disk.start' };

/**
 * Whether the editor's text is what the document's last tracker left unsaved, or was made from it. An editor that has
 * brought a text back may call it dirty only a moment later: then it is not its file's all the same.
 */
function bringsBack(
  acting: Acting,
  { left, content }: DocumentState,
  { text, dirty, path, format }: OpenRequest,
): boolean {
  if (left === undefined || left.text.equals(text)) return left !== undefined;
  const unsaved = dirty === true || (path !== undefined && acting.read(path, format.encoding)?.text !== text);
  return unsaved && apart(left.text.toString(), text) < apart(content.text.toString(), text);
}

/** An untitled text that was left unsaved and that the editor has brought back; after a crash some keys may be lost. */
function leftUntitled(
  { turn }: Acting,
  { text, dirty }: Pick<OpenRequest, 'text' | 'dirty'>,
): DocumentState | undefined {
  const left = [...turn.replay.documents.values()].filter(d => d.path === undefined && d.left !== undefined);
  const same = left.find(d => d.left!.text.equals(masked(turn.replay, d.left!, text)));
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

export function openedAs(acting: Acting, { document, version, provenance }: TrackerState): Omit<Opened, 'changed'> {
  const spans = provenance.spans();
  const placements = provenance.placements(0, provenance.length);
  return { document: document.document, version, spans, placements, known: knownOf(acting, spans, placements) };
}

function sameFormat(a: FileFormat, b: FileFormat): boolean {
  return a.encoding === b.encoding && a.bom === b.bom && a.eol === b.eol && `${a.others}` === `${b.others}`;
}
