/**
 * All that was seen around one step of changes, as plain data: what a rule may look at, and what the
 * journal keeps beside the finding. Fields that were not seen are absent. Times are milliseconds.
 */
export interface Observation {
  /** How the change reached us. `editor`: a change event of an open document. */
  readonly by: 'editor' | 'reload' | 'watcher' | 'open' | 'start' | 'baseline';
  readonly reason?: 'undo' | 'redo';
  /** Kind of the selection event that directly followed the change in its turn. */
  readonly selection?: 'keyboard' | 'mouse' | 'command';
  /** Before the step a caret or selection stood at every change, after it a caret at its end, and nowhere else. */
  readonly carets?: boolean;
  /** The changes replaced what stood right before carets with nothing selected. */
  readonly behind?: true;
  /** Before and after the step the text between each two changes was selected, and nothing else. */
  readonly surrounds?: true;
  /**
   * All that the step removed had been selected by the person, or stood beside the caret that the person had set: a
   * character, or the rest of a word or line.
   */
  readonly removes?: 'selection' | 'caret';
  /** A command known to insert text that was running when the change came. */
  readonly mark?: string;
  /** Id of the prompt that led to the text, where that command knows it. */
  readonly prompt?: string;
  /** A paste or drop provider was called just before; see `Transfer`. */
  readonly transfer?: Transfer;
  /** Pastes into this text cannot be seen: `editor.pasteAs.enabled` is off, and VS Code asks no provider. */
  readonly pastesUnseen?: true;
  /**
   * The change came between will-save and did-save, or just before will-save: VS Code's own formatting on save
   * does. The reason VS Code gave for saving.
   */
  readonly saving?: 'manual' | 'delay' | 'focus';
  /** The whole document's line ends were changed; no character of ours is. */
  readonly eol?: true;
  /** SHA-256 (hex) of the whole text before and after; given for changes made outside the editor. */
  readonly before?: string;
  readonly after?: string;
  /**
   * The texts before and after were too long and too alike in themselves to be compared to the end: what was left
   * alone may count as replaced, and its characters as new, of the origin that the change has.
   */
  readonly coarse?: true;
  /** VS Code's own reason, on the builds that grant it: source and metadata as they came. */
  readonly detailedReason?: { readonly source: string; readonly metadata: Readonly<Record<string, unknown>> };
}

/** What a paste or drop provider saw. */
export interface Transfer {
  readonly how: 'paste' | 'drop';
  /** Where the text was copied: by us in this window, in an editor not tracked by us, or elsewhere. */
  readonly from: 'tracked' | 'editor' | 'outside';
  /**
   * The change inserted exactly the transferred text, line ends aside. Absent: it is not known whether; that text could
   * not be read in time, or it came so late that it may as well have been typed.
   */
  readonly equal?: boolean;
}
