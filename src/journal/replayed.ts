import { type Actor, type Origin, type Placement, sameOrigin, unknown } from '../provenance/origin.ts';
import { Origins } from '../provenance/origins.ts';
import type { DocumentState } from './documentState.ts';
import type { JournalEvent, RedactedEvent, SkipReason } from './event.ts';
import { OpenTrackers } from './openTrackers.ts';
import { recordKey } from './recordKey.ts';
import type { Stop } from './stops.ts';

/** An event of one kind. */
export type Of<K extends JournalEvent['kind']> = Extract<JournalEvent, { kind: K }>;

/** An event that does not fit the state which the events before it made. */
export class Misfit extends Error {
  readonly sequence: number;

  constructor(sequence: number, message: string, cause?: unknown) {
    super(`event ${sequence}: ${message}`, cause === undefined ? undefined : { cause });
    this.name = 'Misfit';
    this.sequence = sequence;
  }
}

/** One window's stretch of work. */
export interface SessionState {
  readonly number: number;
  readonly opened: Of<'session'>;
  /** Sequence of its end, or of the gap that notes its crash; undefined while it may be running. */
  ended: number | undefined;
  /** Time of the last event it wrote. */
  last: number;
}

/** A session that begins. */
export function sessionOf(opened: Of<'session'>): SessionState {
  return { number: opened.session, opened, ended: undefined, last: opened.time };
}

/** An act that put known characters in place. */
export interface Placing {
  readonly placement: Placement;
  /** Its event. */
  readonly act: number;
}

/** An event that says what an agent's record says. */
export interface Recorded {
  readonly sequence: number;
  /** A resolution rests on it: an edit explained something. */
  used: boolean;
}

/** All that a replay holds, as a keyframe gives it to a new one, which changes it from then on. */
export interface Standing {
  readonly size: number;
  readonly started: Of<'started'> | undefined;
  readonly recording: boolean;
  readonly stops: Stop[];
  readonly origins: Origins;
  /** Who removed or moved text by an event, where a later one has said so, by sequence. */
  readonly actors: Map<number, Actor>;
  readonly documents: Map<number, DocumentState>;
  readonly sessions: Map<number, SessionState>;
  readonly prompts: Map<string, Of<'prompt'>>;
  readonly records: Map<string, Recorded>;
  readonly commits: Map<string, Of<'commit'>>;
  readonly placings: Map<number, Placing>;
  readonly skipped: Map<string, SkipReason>;
  readonly keys: Of<'key'>[];
  /** Typed characters that say what an AI had given before, oldest first. */
  readonly repeats: Of<'repeats'>[];
  /** Words that were taken out, oldest first. */
  readonly redactions: Of<'redaction'>[];
  readonly trackers: OpenTrackers;
  /** The document that each path means. */
  readonly paths: Map<string, DocumentState>;
}

/** The state before the first event. */
export function beginning(): Standing {
  return {
    size: 0,
    started: undefined,
    recording: true,
    stops: [],
    origins: new Origins(),
    actors: new Map(),
    documents: new Map(),
    sessions: new Map(),
    prompts: new Map(),
    records: new Map(),
    commits: new Map(),
    placings: new Map(),
    skipped: new Map(),
    keys: [],
    repeats: [],
    redactions: [],
    trackers: new OpenTrackers(),
    paths: new Map(),
  };
}

/** The origin of the serial that names an act of placing: nothing was made. */
export const placing: Origin = { ...unknown, rule: 'placing' };

/** The text of an event that has one. Throws RangeError. */
export function onlyText({ texts = [] }: { readonly texts?: readonly string[] }): string {
  const [text] = texts;
  if (text === undefined || texts.length !== 1) throw new RangeError('not one text');
  return text;
}

/** The origin in a finding; `last` itself where that is the same, as it nearly always is. */
export function originOf(finding: Origin, last: Origin): Origin {
  if (sameOrigin(finding, last)) return last;
  const { kind, basis, rule, prompt, commit } = finding;
  return { kind, basis, rule, ...(prompt !== undefined && { prompt }), ...(commit !== undefined && { commit }) };
}

/** What only ever grows in a replay's state. */
export type Growing = Pick<
  Standing,
  'origins' | 'actors' | 'prompts' | 'records' | 'commits' | 'placings' | 'skipped' | 'keys' | 'repeats' | 'redactions'
>;

/** What a state takes of a resolution. */
export type Resolved = Pick<Of<'resolution'>, 'kind' | 'sequence' | 'ranges' | 'origin' | 'acts' | 'edits'>;

/** Adds what an event says that touches no text. */
export function grow(
  to: Growing,
  event:
    | Of<
        | 'attached'
        | 'prompt'
        | 'promptNote'
        | 'answer'
        | 'agentEdit'
        | 'decision'
        | 'commit'
        | 'key'
        | 'skipped'
        | 'repeats'
        | 'redaction'
      >
    | Resolved,
): void {
  switch (event.kind) {
    case 'attached':
    case 'promptNote':
      return;
    case 'prompt':
      to.prompts.set(event.id, event);
      return;
    case 'answer':
    case 'agentEdit':
    case 'decision':
      addRecord(to, recordKey(event), event.sequence);
      return;
    case 'commit':
      to.commits.set(event.id, event);
      return;
    case 'key':
      to.keys.push(event);
      return;
    case 'repeats':
      if (!event.ranges.every(({ serial, length }) => Number.isSafeInteger(serial) && Number.isSafeInteger(length)))
        throw new RangeError('ranges that are none');
      to.repeats.push(event);
      return;
    case 'redaction':
      if (!event.events.every(of => isTaken(of, event.sequence)))
        throw new RangeError('what it took out of an event that is not before it');
      to.redactions.push(event);
      return;
    case 'skipped':
      to.skipped.set(event.path, event.reason);
      return;
    case 'resolution':
      if (event.acts?.some(act => !(act >= 0 && act < event.sequence)))
        throw new RangeError('an act that is not before it');
      for (const { serial, length } of event.ranges) to.origins.resolve(serial, length, event.origin, event.sequence);
      for (const act of event.acts ?? []) to.actors.set(act, event.origin);
      for (const id of event.edits ?? []) {
        const edit = to.records.get(recordKey({ kind: 'agentEdit', id }));
        if (edit !== undefined) edit.used = true;
      }
  }
}

/** Once: what is said again adds nothing. */
export function addRecord({ records }: Pick<Growing, 'records'>, key: string, sequence: number): void {
  if (!records.has(key)) records.set(key, { sequence, used: false });
}

/** A document takes a path; another that had it is no longer there. */
export function place(paths: Map<string, DocumentState>, document: DocumentState, path: string): void {
  const other = paths.get(path);
  if (other !== undefined && other !== document) other.present = false;
  if (document.path !== undefined && document.path !== path && paths.get(document.path) === document) {
    paths.delete(document.path);
  }
  document.path = path;
  paths.set(path, document);
}

/** A document takes another path than the one it is said to have. */
export function rename(paths: Map<string, DocumentState>, document: DocumentState, to: Of<'renamed'>): void {
  if (paths.get(to.from) === document) paths.delete(to.from);
  place(paths, document, to.path);
}

/** Whether a redaction that stands at `before` may state this of an event. Takes any JSON. */
function isTaken({ sequence, parts, digests }: RedactedEvent, before: number): boolean {
  return [sequence, parts, digests].every(n => Number.isSafeInteger(n) && n >= 0) && sequence < before;
}
