import type { Observation } from '../classify/observation.ts';
import type { Actor, Origin, Placement } from '../provenance/origin.ts';
import type { Span } from '../provenance/span.ts';
import type { BesideBody } from './besideEvent.ts';
import type { GapReason, Outcome, RedactedEvent, SkipReason } from './eventReasons.ts';

export type { GapReason, Outcome, RedactedEvent, SkipReason } from './eventReasons.ts';

/**
 * Events of a journal. Everything here is plain JSON with integers only. Texts never stand inside
 * the other fields: they are in `texts`, so that the digested bytes hold digests in their place and
 * a passage can be taken out later. `README.md` beside this file specifies the bytes.
 */

/** Fields that every committed event has. */
export interface EventHead {
  /** Gapless, from 0. */
  readonly sequence: number;
  /** Milliseconds since 1970 UTC, as the clock said: it may step back. */
  readonly time: number;
  /** Milliseconds on the process's own clock, never stepping back within a session. */
  readonly monotonic: number;
  /** Offset of local time in minutes east of UTC. */
  readonly zone: number;
  /** Number of the session that wrote it; 0 only for what stands before the first session. */
  readonly session: number;
}

/** How a file's bytes follow from its text: encoding, byte order mark, line ends. */
export interface FileFormat {
  /** WHATWG label in lower case, such as `utf-8`, `utf-16le`, `windows-1251`. */
  readonly encoding: string;
  readonly bom: boolean;
  readonly eol: '\n' | '\r\n';
  /** Zero-based numbers of the lines that end otherwise than `eol`; a lone `\r` is part of the text. */
  readonly others?: readonly number[];
}

/** One replacement inside an event; what it inserts is the event's text of the same rank. */
export interface EventChange {
  readonly from: number;
  readonly to: number;
  /** Spans of the inserted text; absent when it is all new, going on from the change before. */
  readonly spans?: readonly Span[];
}

/** Finding for the next `length` new serials of an event. */
export interface Finding extends Origin {
  readonly length: number;
}

export type EventBody =
  | BesideBody
  /** First event of a journal. */
  | {
      readonly kind: 'started';
      readonly journal: string;
      readonly work: string;
      /** Name of the folder as the person sees it, without its path. */
      readonly folder: string;
      readonly format: number;
      readonly software: string;
      /** What is left of a damaged journal that this one follows: see `leftHead.ts`. */
      readonly follows?: string;
    }
  | { readonly kind: 'consent'; readonly granted: boolean; readonly by: 'person' | 'command' }
  | {
      readonly kind: 'session';
      readonly software: string;
      readonly editor: string;
      readonly platform: string;
      /** Version of the rules that find origins. */
      readonly rules?: number;
      /** First serials of the blocks leased to the editor's thread and to the worker, 2^32 each. */
      readonly leases: readonly [number, number];
      /** Channels that are watched, and those that cannot be, each by name. */
      readonly channels: readonly string[];
      readonly unreachable: readonly string[];
    }
  | { readonly kind: 'sessionEnd' }
  | { readonly kind: 'paused' | 'resumed'; readonly by: 'person' | 'command' }
  /** The person says that the work lies in this folder now; its name as they see it, without its path. */
  | { readonly kind: 'attached'; readonly folder: string; readonly by: 'person' | 'command' }
  /** The signing key of one keeper: PEM of the public key, its own signature, an earlier key's if in reach. */
  | {
      readonly kind: 'key';
      readonly keeper: string;
      readonly publicKey: string;
      readonly signature: string;
      readonly counter?: { readonly fingerprint: string; readonly signature: string };
      /** Fingerprint of the keeper's former key, which signs nothing from here on; it countersigns, unless it is `lost`. */
      readonly replaces?: string;
      /** The key that is replaced was not at hand: lost, or kept elsewhere. It may come back, by an event of its own. */
      readonly lost?: true;
    }
  /** A file's text as it stood; texts: [text]. `initial` at consent, else what became of an unseen file. */
  | {
      readonly kind: 'baseline';
      readonly document: number;
      readonly path: string;
      readonly format: FileFormat;
      readonly fileDigest: string;
      readonly textDigest: string;
      readonly first: number;
      readonly finding: Finding;
    }
  /** A file that is not recorded, and why. */
  | { readonly kind: 'skipped'; readonly path: string; readonly reason: SkipReason }
  | { readonly kind: 'renamed'; readonly document: number; readonly from: string; readonly path: string }
  | { readonly kind: 'deleted'; readonly document: number; readonly path: string }
  /** A tracker starts from the document's last recorded text; a difference follows as a `changed` by `open`. */
  | {
      readonly kind: 'opened';
      readonly document: number;
      readonly tracker: number;
      /** Absent for an untitled text. */
      readonly path?: string;
      readonly format: FileFormat;
      /** Tracker of the same session whose text and spans this one takes over (untitled, then saved). */
      readonly continues?: number;
      /** The tracker starts from what the document's last tracker left unsaved: the editor brought it back. */
      readonly restores?: true;
      /**
       * The tracker's text is not the document's but one cell of it, a notebook, by the id that the notebook gives it
       * or else by a number; it begins empty, or as the tracker that it continues.
       */
      readonly cell?: string;
    }
  /** A step; texts: what each change inserts. `tracker` 0: the document itself, changed while not open. */
  | {
      readonly kind: 'changed';
      readonly document: number;
      readonly tracker: number;
      /** The tracker's own count of its steps, from 1. */
      readonly version: number;
      readonly changes: readonly EventChange[];
      /** First serial this step took: `placed` (if any), then one for each new character. */
      readonly first: number;
      /** The serial that names this act of placing; present when known characters were placed. */
      readonly placed?: number;
      /** How the known characters came here; `insert` when there are none. */
      readonly placement: Placement;
      /** Findings for the new characters, in order; lengths add up to their count. */
      readonly findings: readonly Finding[];
      /** Of what the step removed and of the known characters that it placed; absent where there are none. */
      readonly actor?: Actor;
      readonly observation: Observation;
    }
  | {
      readonly kind: 'saved';
      readonly document: number;
      readonly tracker: number;
      /** The file was found to hold this text already: another program wrote it, not the editor. */
      readonly seen?: true;
      readonly format: FileFormat;
      readonly textDigest: string;
      readonly fileDigest: string;
    }
  | { readonly kind: 'closed'; readonly document: number; readonly tracker: number }
  /** Something was not observed: which document (or all), from when, until now, and why. */
  | {
      readonly kind: 'gap';
      readonly document?: number;
      readonly since?: number;
      readonly reason: GapReason;
      readonly note?: string;
      /** The AI tool whose record could not be read, or who was not listened to. */
      readonly agent?: string;
      /** Number of the session that ended without its `sessionEnd`; its trackers end here. */
      readonly crashed?: number;
    }
  /** texts: [the prompt]. `time` of asking as the agent's record says. */
  | {
      readonly kind: 'prompt';
      readonly id: string;
      readonly agent: string;
      readonly conversation: string;
      readonly asked: number;
      readonly model?: string;
      /** `record`: read from the agent's own record. `person`: written down by the person. `import`: see `reconstructed`. */
      readonly by: 'record' | 'person' | 'import';
      /** Secrets (keys, tokens, passwords) that are ▮ in its text; absent: none were recognised. */
      readonly withheld?: number;
    }
  /**
   * What the author says of a recorded prompt: texts: [the note, which may be empty], and whether they want it protected
   * as a work of their own; absent: undecided. The latest of a prompt holds, in whole. It changes no text.
   */
  | { readonly kind: 'promptNote'; readonly prompt: string; readonly protect?: boolean }
  /**
   * An agent's tool call on one file, as its record has it; texts: [after], [old, new], [after, old, new] or []; for
   * `both` [after] alone where all of it was to stand in the place of nothing. With `~`
   * behind the id of an earlier one it is a second account of the same call (its hook and its log), which tells more.
   */
  | {
      readonly kind: 'agentEdit';
      readonly id: string;
      readonly agent: string;
      readonly conversation: string;
      readonly made: number;
      readonly path: string;
      readonly prompt?: string;
      readonly model?: string;
      readonly beforeDigest?: string;
      readonly afterDigest?: string;
      /** Id of an earlier edit that tells of the same act with other texts: they count once. */
      readonly of?: string;
      readonly gives: 'none' | 'after' | 'replaced' | 'both';
      /** The old text of a replacement was to be replaced at all its places; absent: at its only one. */
      readonly everywhere?: true;
      /** Where `after` has what the call put in: half-open, in order; absent: it cannot be told. */
      readonly brings?: readonly (readonly [from: number, to: number])[];
      /** A completion at the caret, accepted with a key. */
      readonly completion?: true;
      /** Read as the tool's documentation says; no real record was at hand to check the reader against. */
      readonly unchecked?: true;
      /** Made in another worktree of the same repository: `path` names the same file here. */
      readonly elsewhere?: true;
      /** Taken in afterwards, by hand, from a record that was given: it proves nothing, and nobody saw it happen. */
      readonly reconstructed?: true;
    }
  /**
   * What an AI answered in words, or offered without writing it into a file; texts: [the answer]. It
   * changes no text.
   */
  | {
      readonly kind: 'answer';
      readonly id: string;
      readonly agent: string;
      readonly conversation: string;
      /** When, as the agent's record says. */
      readonly answered: number;
      /** Id of the prompt that it answers. */
      readonly prompt?: string;
      readonly model?: string;
      /** As a prompt's. */
      readonly withheld?: number;
      /** As an edit's. */
      readonly reconstructed?: true;
    }
  /** What the person did with an edit that an agent proposed or had made, as its record says. It changes no text. */
  | {
      readonly kind: 'decision';
      /** Id of the edit. */
      readonly edit: string;
      readonly agent: string;
      /** When, as the agent's record says. */
      readonly decided: number;
      readonly outcome: Outcome;
      /** As an edit's. */
      readonly reconstructed?: true;
    }
  /** A git commit that brought text of this work, or was made of it, as git has it; texts: [its author's name]. */
  | {
      readonly kind: 'commit';
      /** Full object id, hex: 40 digits, or 64 in a repository of SHA-256. */
      readonly id: string;
      /** When it was written, as its author's clock said. */
      readonly authored: number;
      /** It was made here while recording. */
      readonly made?: {
        /** Full object id of what the commit holds in all. */
        readonly tree: string;
        /** When it was made, as the committer's clock said. */
        readonly committed: number;
        /** Recorded files that it holds as they were last recorded, with the event by which each got that text. */
        readonly files: readonly { readonly document: number; readonly saved: number }[];
      };
    }
  /** Late evidence: the characters with these serials are of another origin than was found. */
  | {
      readonly kind: 'resolution';
      readonly ranges: readonly Span[];
      readonly origin: Origin;
      /** The agent's edits it rests on (ids), if any. */
      readonly edits?: readonly string[];
      /** The answer in which the characters stand word by word (id), if it rests on that. */
      readonly answer?: string;
      /** Sequences of events by which this origin also removed or moved text, whatever was found of their actors. */
      readonly acts?: readonly number[];
    }
  /**
   * Characters that were typed say, word by word, what an AI had given before: in the answer or the edit of the id `of`,
   * to that prompt. It changes neither a text nor what anything was found to be.
   */
  | { readonly kind: 'repeats'; readonly ranges: readonly Span[]; readonly of: string; readonly prompt?: string }
  /** Words were taken out of earlier events, for good; texts: [why]. What they were stands nowhere. */
  | {
      readonly kind: 'redaction';
      readonly by: 'person' | 'command';
      /** The events that they were taken out of, in order. */
      readonly events: readonly RedactedEvent[];
      /** Serials of characters that were taken out. */
      readonly ranges: readonly Span[];
    };

export type EventKind = EventBody['kind'];

/** A committed event. `texts` is absent where the kind has none. */
export type JournalEvent = EventHead & EventBody & { readonly texts?: readonly string[] };
