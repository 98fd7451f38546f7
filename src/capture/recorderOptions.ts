import type * as vscode from 'vscode';
import type { SkipReason } from '../journal/event.ts';
import type { CellRequest, SeenOutside } from '../journal/messages.ts';
import type { JournalWriter } from '../journal/writer.ts';
import type { Placement } from '../provenance/origin.ts';
import type { Stray } from './strays.ts';

/** An act of placing, by the serial that names it. */
export interface PlacingAct {
  readonly placement: Placement;
  readonly act: number;
}

/** Where a cell stands: see `CellRequest`. `place`: path of its notebook in the record, if it is recorded. */
export interface CellAt extends Pick<CellRequest, 'cell' | 'rank' | 'id' | 'like' | 'pieces'> {
  readonly place: Promise<string | undefined>;
}

/** What the recorder of a folder tells the rest of the window. */
export interface RecorderEvents {
  /** Spans of this text changed. */
  changed(uri: vscode.Uri): void;
  /** A text changed outside the editor: for those who know more of it. `open`: it was found so, and may be old. */
  outside(path: string, change: SeenOutside, by?: 'open'): void;
  /** Steps were made in an open text, by nobody known. */
  strayed(path: string, stray: Stray): void;
  failed(error: unknown, where: string): void;
}

export interface RecorderOptions {
  readonly root: vscode.Uri;
  /** Path in the record of what the editor calls `root`: empty, or one that ends in `/`. */
  readonly prefix: string;
  readonly writer: JournalWriter;
  /** Files that are never recorded, by path relative to the root; the reason, or nothing. */
  readonly refuses: (path: string) => SkipReason | undefined;
  /** Whether a file that is shown in this encoding is left out: version control ignores it, or it holds no such text. */
  readonly ignores: (path: string, encoding: string) => Promise<boolean>;
  /** Path under which the text of a file stands in the record; nothing for a link to what is not recorded. */
  readonly place: (uri: vscode.Uri, path: string) => Promise<string | undefined>;
  /** Path of a file whose text may stand in the record; nothing for one elsewhere or left out. */
  readonly recorded: (uri: vscode.Uri) => Promise<string | undefined>;
  /** Consent was given just now: what stands in the open texts was there before. */
  readonly begins: boolean;
  readonly events: RecorderEvents;
}
