import type { Origin } from '../provenance/origin.ts';

/**
 * A trace: what VS Code told one window, event by event, so that a fault can be looked into and played again.
 * JSON Lines in UTF-8: first a `TraceHead`, then a `TraceEvent` a line, in the order in which they came. Only texts
 * that are recorded stand in it. Positions, offsets and texts are VS Code's own, line ends included.
 */
export const traceSchema = 'holograph.trace';
export const traceVersion = 1;

export interface TraceHead {
  readonly schema: typeof traceSchema;
  readonly version: typeof traceVersion;
  readonly software: string;
  readonly editor: string;
  readonly platform: string;
  /** Letters and digits are others than those that were there. */
  readonly scrambled: boolean;
  /** Settings on which it depends what VS Code tells, or does by itself, as the window has them. */
  readonly settings: TraceSettings;
}

export type TraceSettings = Readonly<Record<string, unknown>>;

/** `at`: milliseconds since the trace began. */
export type TraceEvent = { readonly at: number } & TraceBody;

/** Anchor line and character, active line and character. */
export type TraceCaret = readonly [number, number, number, number];
/** Start line and character, end line and character. */
export type TraceRange = readonly [number, number, number, number];

export interface TraceChange {
  readonly range: TraceRange;
  readonly offset: number;
  readonly length: number;
  readonly text: string;
}

/** What some characters of a text were found to be before the trace began. */
export interface TraceOrigin extends Pick<Origin, 'kind' | 'basis' | 'rule'> {
  readonly length: number;
}

/** Documents are counted from 1, anew each time that they are opened. */
export type TraceBody =
  /** A text is open: at the beginning of the trace, or from here on. */
  | {
      readonly kind: 'opened';
      readonly document: number;
      /** Path below the recorded folder, or the name of an untitled text. */
      readonly path?: string;
      readonly untitled?: string;
      readonly language: string;
      readonly encoding: string;
      readonly eol: '\n' | '\r\n';
      readonly dirty: boolean;
      readonly text: string;
      /** Text of the file, where a dirty text is another. */
      readonly file?: string;
      /** Absent where the text changed before it was found what it is made of. */
      readonly origins?: readonly TraceOrigin[];
    }
  /** Without changes: the dirty state, or nothing that is told. */
  | {
      readonly kind: 'changed';
      readonly document: number;
      readonly changes: readonly TraceChange[];
      readonly reason?: 'undo' | 'redo';
      readonly dirty: boolean;
      readonly eol: '\n' | '\r\n';
      readonly encoding: string;
      /** On builds that grant it. */
      readonly detailed?: { readonly source: string; readonly metadata: Readonly<Record<string, unknown>> };
    }
  /** `by`: VS Code's `TextEditorSelectionChangeKind`. `active`: in the active editor, and not in another of this text. */
  | {
      readonly kind: 'selected';
      readonly document: number;
      readonly carets: readonly TraceCaret[];
      readonly active: boolean;
      readonly by?: number;
    }
  /** Another editor is active; without a document: none, or one of a text that is not recorded. */
  | { readonly kind: 'shown'; readonly document?: number; readonly carets?: readonly TraceCaret[] }
  /** `reason`: VS Code's `TextDocumentSaveReason`. */
  | { readonly kind: 'saving'; readonly document: number; readonly reason: number }
  | { readonly kind: 'saved'; readonly document: number; readonly encoding: string; readonly eol: '\n' | '\r\n' }
  | { readonly kind: 'closed'; readonly document: number }
  /** The copy hook was called. Without a document: in an editor of a text that is not recorded. */
  | {
      readonly kind: 'copied';
      readonly token: string;
      readonly document?: number;
      readonly ranges?: readonly TraceRange[];
    }
  /** A paste or drop provider was called. `editor`: VS Code says that an editor's text is on offer. */
  | {
      readonly kind: 'offered';
      readonly offer: number;
      readonly how: 'paste' | 'drop';
      readonly document: number;
      readonly editor: boolean;
      readonly token?: string;
    }
  /** The plain text of that offer could be read. */
  | { readonly kind: 'read'; readonly offer: number; readonly text?: string }
  /** A command of ours was called, or has ended. */
  | { readonly kind: 'command'; readonly command: string; readonly args: readonly string[]; readonly ended?: true }
  /** The worker has answered what was asked of it for this text: steps that waited for it are understood from here on. */
  | { readonly kind: 'answered'; readonly document: number }
  /** The file watcher; `text`: what the file holds then, if it can be recorded and read. */
  | {
      readonly kind: 'disk';
      readonly path: string;
      readonly what: 'created' | 'changed' | 'deleted';
      readonly text?: string;
    }
  | { readonly kind: 'renaming' | 'renamed'; readonly from: string; readonly path: string }
  | { readonly kind: 'removed'; readonly path: string }
  | { readonly kind: 'settings'; readonly settings: TraceSettings };
