import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { TraceCaret, TraceChange, TraceRange } from '../../src/capture/trace.ts';
import { Position, Range, Selection, Uri } from '../fuzz/double/places.ts';
import { type Shown, TextDocumentDouble } from '../fuzz/double/textDocument.ts';
import type { DataTransfer, EditorDouble, VscodeDouble } from '../fuzz/double/vscode.ts';
import type { Of } from './traceStory.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** A text as the double shows it. */
export interface Prop {
  readonly path: string | undefined;
  readonly shown: Mutable<Shown>;
  readonly document: TextDocumentDouble;
  readonly editor: EditorDouble;
  /** Another editor of the same text, which is not the active one. */
  readonly beside: EditorDouble;
}

/** The texts and files of a trace that is being played, on a double of the editor. */
export class TraceTheatre {
  readonly folder: string;
  readonly props = new Map<number, Prop>();
  readonly #editor: VscodeDouble;

  constructor(folder: string, editor: VscodeDouble) {
    this.folder = folder;
    this.#editor = editor;
  }

  uri(path: string): Uri {
    return Uri.file(join(this.folder, path));
  }

  open(event: Of<'opened'>): Prop {
    const { path, untitled = '', text, eol, encoding, dirty } = event;
    const uri = path === undefined ? new Uri({ scheme: 'untitled', path: untitled }) : this.uri(path);
    const shown = { uri, text: plain(text, eol), eol, encoding, version: 1, dirty, closed: false };
    const document = new TextDocumentDouble(shown);
    const prop = { path, shown, document, editor: editorOf(document), beside: editorOf(document) };
    this.props.set(event.document, prop);
    this.#editor.documents.push(document);
    return prop;
  }

  close(document: number): void {
    const { shown, document: closed } = this.prop(document);
    shown.closed = true;
    this.#editor.documents.splice(this.#editor.documents.indexOf(closed), 1);
  }

  prop(document: number): Prop {
    const prop = this.props.get(document);
    if (!prop) throw new Error(`the trace opens no document ${document}`);
    return prop;
  }

  /** Changes come in offsets of the text before them. */
  change({ shown, document }: Prop, event: Of<'changed'>): object {
    const before = document.getText();
    const contentChanges = event.changes.map(({ range, offset, length, text }) => {
      return { range: rangeOf(range), rangeOffset: offset, rangeLength: length, text };
    });
    const { changes, eol, dirty, encoding, reason, detailed } = event;
    if (changes.length > 0) shown.version++;
    const text = applied(before, changes);
    Object.assign(shown, { text: plain(text, eol), eol, dirty, encoding });
    return {
      document,
      contentChanges,
      reason: reason === undefined ? undefined : reason === 'undo' ? 1 : 2,
      ...(detailed && { detailedReason: detailed }),
    };
  }

  /** The file holds what the editor shows. */
  written({ path, document, shown }: Prop): void {
    if (path !== undefined) this.write(path, document.getText(), shown.encoding);
  }

  write(path: string, text: string, encoding = 'utf8'): void {
    const file = join(this.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    const bytes = bytesOf(text, encoding);
    if (!existsSync(file) || !readFileSync(file).equals(bytes)) writeFileSync(file, bytes);
  }

  move(from: string, to: string): void {
    if (!existsSync(join(this.folder, from))) return;
    mkdirSync(dirname(join(this.folder, to)), { recursive: true });
    renameSync(join(this.folder, from), join(this.folder, to));
  }

  remove(path: string): void {
    rmSync(join(this.folder, path), { recursive: true, force: true });
  }
}

export function rangeOf([a, b, c, d]: TraceRange): Range {
  return new Range(new Position(a, b), new Position(c, d));
}

export function selectionsOf(carets: readonly TraceCaret[]): Selection[] {
  return carets.map(([a, b, c, d]) => new Selection(new Position(a, b), new Position(c, d)));
}

/** Plain text on offer that can be read only later. */
export function lateText(data: DataTransfer, text: Promise<string>): void {
  data.set('text/plain', { value: '', asString: () => text });
}

function editorOf(document: TextDocumentDouble): EditorDouble {
  return {
    document,
    selections: [new Selection(new Position(0, 0), new Position(0, 0))],
    get selection() {
      return this.selections[0]!;
    },
  };
}

function applied(text: string, changes: readonly TraceChange[]): string {
  let after = text;
  for (const { offset, length, text: insert } of [...changes].sort((a, b) => b.offset - a.offset))
    after = after.slice(0, offset) + insert + after.slice(offset + length);
  return after;
}

const plain = (text: string, eol: string) => (eol === '\n' ? text : text.replaceAll(eol, '\n'));

function bytesOf(text: string, encoding: string): Buffer {
  switch (encoding) {
    case 'utf8bom':
      return Buffer.from(`\ufeff${text}`, 'utf8');
    case 'utf16le':
      return Buffer.from(`\ufeff${text}`, 'utf16le');
    case 'utf16be':
      return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    default:
      return Buffer.from(text, 'utf8');
  }
}
