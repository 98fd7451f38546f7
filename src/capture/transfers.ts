import * as vscode from 'vscode';
import { isGrapheme, isIndent } from '../classify/graphemes.ts';
import type { Transfer } from '../classify/observation.ts';
import { isKeystroke } from '../classify/rules.ts';
import { fewest } from '../text/moves.ts';
import type { Edge } from './edge.ts';
import type { Copied } from './pending.ts';
import { arePieces } from './pieces.ts';

/** What was copied in this window, by the token that travels on the clipboard. Text is kept, never polled. */
const ownMime = 'application/vnd.holograph.copy';
const editorMime = 'vscode-editor-data';
const setting = 'editor.pasteAs.enabled';
/** Copies that are remembered; of text with an older token on the clipboard nothing is known. */
const remembered = 20;
/**
 * A provider's call says nothing about a change that comes later than this (milliseconds), unless it looks like a key or
 * is that long text. Measured: the change follows the call after 17 to 75 ms, and that of millions of characters later.
 */
const alive = 2000;
/** Milliseconds after which a long text is no more what was asked for then. */
const aliveLong = 60_000;

/** Characters above which no text is looked at for keys: the editor has at most 10,000 carets. */
const mostKeys = 100_000;

interface Waiting {
  readonly how: Transfer['how'];
  readonly from: Transfer['from'];
  readonly time: number;
  copied?: readonly Copied[];
  text?: string;
  /** There is a text, and it has not been read yet. */
  unread: boolean;
  /** A change has had this text. */
  taken?: true;
}

/** What a copy was of: `tracked` of a recorded text, its serials not known. */
type Copying = readonly Copied[] | 'tracked';

/** The transfer that a change carries out. */
export interface Taken {
  readonly transfer: Transfer;
  readonly copied?: Copied;
  readonly pieces?: readonly Copied[];
}

/**
 * Observes paste and drop through providers that offer nothing, so the editor's own paste runs unchanged.
 * `copy` gives the serials of a tracked range at the moment of copying; nothing for a text that is not recorded.
 */
export class Transfers implements vscode.Disposable, vscode.DocumentPasteEditProvider, vscode.DocumentDropEditProvider {
  readonly #copies = new Map<string, Copying | undefined>();
  readonly #registrations: vscode.Disposable[];
  readonly #copy: (document: vscode.TextDocument, ranges: readonly vscode.Range[]) => Copying | undefined;
  /** Whether pastes are seen, by document. */
  readonly #seen = new Map<string, boolean>();
  readonly #edge: Edge;
  /** The last call for each document. */
  readonly #waiting = new Map<string, Waiting>();
  #next = 0;

  constructor(
    edge: Edge,
    selector: vscode.DocumentSelector,
    copy: (document: vscode.TextDocument, ranges: readonly vscode.Range[]) => Copying | undefined,
  ) {
    this.#edge = edge;
    this.#copy = copy;
    const kind = vscode.DocumentDropOrPasteEditKind.Empty.append('holograph');
    this.#registrations = [
      vscode.languages.registerDocumentPasteEditProvider(selector, this, {
        providedPasteEditKinds: [kind],
        copyMimeTypes: [ownMime],
        pasteMimeTypes: [ownMime, 'text/plain', editorMime],
      }),
      vscode.languages.registerDocumentDropEditProvider(selector, this, {
        providedDropEditKinds: [kind],
        dropMimeTypes: [ownMime, 'text/plain', editorMime, 'text/uri-list'],
      }),
      vscode.workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(setting)) this.#seen.clear();
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#seen.delete(uri.toString());
        this.#waiting.delete(uri.toString());
      }),
    ];
  }

  /** Whether VS Code tells of pastes into this document: the person may have switched that off. */
  sees(document: vscode.TextDocument): boolean {
    const uri = document.uri.toString();
    let seen = this.#seen.get(uri);
    if (seen === undefined) {
      seen = seesPastes(document);
      this.#seen.set(uri, seen);
    }
    return seen;
  }

  prepareDocumentPaste(
    document: vscode.TextDocument,
    ranges: readonly vscode.Range[],
    data: vscode.DataTransfer,
  ): void {
    const token = `${process.pid}.${this.#next++}`;
    this.#edge.listener?.copied(document, ranges, token);
    this.#copies.set(token, this.#copy(document, ranges));
    if (this.#copies.size > remembered) this.#copies.delete(this.#copies.keys().next().value!);
    data.set(ownMime, new vscode.DataTransferItem(token));
  }

  provideDocumentPasteEdits(
    document: vscode.TextDocument,
    _ranges: readonly vscode.Range[],
    data: vscode.DataTransfer,
  ): undefined {
    this.#note('paste', document, data);
    return undefined;
  }

  provideDocumentDropEdits(document: vscode.TextDocument, _at: vscode.Position, data: vscode.DataTransfer): undefined {
    this.#note('drop', document, data);
    return undefined;
  }

  /**
   * The transfer that waits for this document, with whether these insertions are its text. It is used up when they
   * are, but for one of a single character: that may as well have been a key, and the paste is still to come.
   */
  take(document: string, inserts: readonly string[], now: number): Taken | undefined {
    const waiting = this.#waiting.get(document);
    if (!waiting || inserts.every(i => i === '')) return undefined;
    const age = Math.abs(now - waiting.time);
    if (age > alive && (age > aliveLong || !isLongAsked(waiting, inserts)))
      return this.#late(document, waiting, inserts);
    const { how, from, text, copied, unread } = waiting;
    if (text === undefined) {
      // Of a picture or a file no letter comes: what its provider makes of it is the first thing that is none.
      if (!unread && !inserts.every(isKey)) this.#waiting.delete(document);
      return { transfer: { how, from } };
    }
    const equal = isTransfer(text, inserts);
    if (equal) waiting.taken = true;
    // Measured: the editor gives a paste up when the text changes. One that looks like keys is awaited all the same.
    if (equal ? !isGrapheme(text) : !areKeys(text)) this.#waiting.delete(document);
    // What was copied is repeated once: another change with the same single character is not known to be the paste.
    if (equal) delete waiting.copied;
    const transfer = { how, from, equal };
    if (!equal || !copied || !arePieces(inserts, copied)) return { transfer };
    return copied.length === 1 ? { transfer, copied: copied[0]! } : { transfer, pieces: copied };
  }

  /**
   * Another extension's provider may delay a paste for as long as it likes, and one of a letter looks like its key.
   * What comes first and looks like both, however late, is not known. It costs a typed letter after a paste that the
   * editor gave up.
   */
  #late(document: string, { how, from, text, unread, taken }: Waiting, inserts: readonly string[]): Taken | undefined {
    if (taken || !(text === undefined ? unread : areKeys(text))) {
      this.#waiting.delete(document);
      return undefined;
    }
    if (!inserts.every(isKey) || (text !== undefined && !isTransfer(text, inserts))) return undefined;
    this.#waiting.delete(document);
    return { transfer: { how, from } };
  }

  dispose(): void {
    for (const registration of this.#registrations) registration.dispose();
  }

  #note(how: Transfer['how'], document: vscode.TextDocument, data: vscode.DataTransfer): void {
    const token: unknown = data.get(ownMime)?.value;
    const known = typeof token === 'string' && this.#copies.has(token);
    // A token that is forgotten may be of a recorded text.
    const copying = known ? this.#copies.get(token) : token === undefined ? undefined : 'tracked';
    const copied = copying === 'tracked' ? undefined : copying;
    const from = copying ? 'tracked' : data.get(editorMime) || known ? 'editor' : 'outside';
    const plain = data.get('text/plain');
    const waiting: Waiting = {
      how,
      from,
      time: Date.now(),
      unread: plain !== undefined,
      ...(copied ? { copied } : {}),
    };
    this.#waiting.set(document.uri.toString(), waiting);
    const own = typeof token === 'string' ? { token } : {};
    const read = this.#edge.listener?.offered(how, document, { ...own, editor: data.get(editorMime) !== undefined });
    void Promise.resolve(plain?.asString()).then(text => {
      read?.(text);
      if (text !== undefined) waiting.text = lines(text);
    });
  }
}

/** Whether VS Code asks providers when something is pasted there. */
export function seesPastes(scope: vscode.ConfigurationScope): boolean {
  return vscode.workspace.getConfiguration(undefined, scope).get<boolean>(setting) !== false;
}

const lines = (text: string) => text.replace(/\r\n?/g, '\n');

/** What one key may put in, as far as the text tells. */
function isKey(inserted: string): boolean {
  return isKeystroke({ removed: '', inserted }) || isIndent(inserted);
}

/** The editor takes long to put in a long text; nothing else says just that first. */
function isLongAsked({ text = '', taken }: Waiting, inserts: readonly string[]): boolean {
  return !taken && text.length >= fewest && isTransfer(text, inserts);
}

/** Whether this text, or its lines spread over the carets, look like keys. */
function areKeys(text: string): boolean {
  return isKey(text) || (text.length <= mostKeys && text.split('\n').every(isKey));
}

/** One text at each caret, or its lines spread over the carets. */
function isTransfer(text: string, inserts: readonly string[]): boolean {
  if (inserts.every(i => i === text)) return true;
  return inserts.length > 1 && inserts.join('\n') === text.replace(/\n$/, '');
}
