import { type Change, ChangeSet } from './change.ts';

/**
 * One change as VS Code gives it (`TextDocumentContentChangeEvent`, its range reduced to two line
 * numbers). All offsets and lines refer to the document before the whole event.
 */
export interface ContentChange {
  /** UTF-16 code units; a line end counts two in a `\r\n` document. */
  readonly rangeOffset: number;
  readonly rangeLength: number;
  /** Zero-based line of the range's start and end. */
  readonly startLine: number;
  readonly endLine: number;
  readonly text: string;
}

/**
 * One event as a ChangeSet in our units, where each line end is one `\n`. `length` is the document's
 * length before the event in our units, `eol` its line end before the event. VS Code lists changes
 * last place first, and so does the order of two insertions at one place: the later listed stands first.
 */
export function fromContentChanges(length: number, changes: readonly ContentChange[], eol: '\n' | '\r\n'): ChangeSet {
  const translated: Change[] = [];
  for (let i = changes.length - 1; i >= 0; i--) {
    const { rangeOffset, rangeLength, startLine, endLine, text } = changes[i]!;
    const twice = eol === '\r\n';
    translated.push({
      from: rangeOffset - (twice ? startLine : 0),
      to: rangeOffset + rangeLength - (twice ? endLine : 0),
      insert: withLineFeeds(text),
    });
  }
  return ChangeSet.of(length, translated);
}

/** Text as the core has it: `\r\n` and a lone `\r`, which VS Code takes for line ends too, become `\n`. */
export function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
