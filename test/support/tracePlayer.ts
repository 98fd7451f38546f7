import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { TraceEvent } from '../../src/capture/trace.ts';
import type { Kind, Placement } from '../../src/provenance/origin.ts';
import { DataTransfer, type VscodeDouble } from '../fuzz/double/vscode.ts';
import { ProductWindow } from '../fuzz/window.ts';
import type { Of, TraceStory } from './traceStory.ts';
import { lateText, rangeOf, selectionsOf, TraceTheatre } from './traceTheatre.ts';
import { initial, Workroom } from './workroom.ts';

/** What stands in one text at the end of a trace. */
export interface Played {
  readonly name: string;
  readonly text: string;
  readonly runs: readonly PlayedRun[];
}

export interface PlayedRun {
  readonly length: number;
  readonly kind: Kind;
  readonly basis: string;
  readonly rule: string;
  readonly placement: Placement;
}

/** Milliseconds without an event, after which what came from the disk has been taken in. */
const calm = 50;
/** Milliseconds within which the worker has answered anything. */
const patience = 10_000;
const ownMime = 'application/vnd.holograph.copy';
const editorMime = 'vscode-editor-data';

/**
 * Plays a trace to the product's own line, from VS Code's events to the journal in its worker thread: only the
 * editor is a double, and the window's time is the trace's. Gives each text that is open at the end, in the order in
 * which they were opened. Call `bundleProduct` of test/fuzz/bundle.ts before.
 */
export async function playTrace(story: TraceStory): Promise<readonly Played[]> {
  const room = new Workroom();
  try {
    const player = new TracePlayer(story, room);
    return await player.play();
  } finally {
    await room.clear();
  }
}

/** Each text with what its runs were found to be, for people. */
export function pictured(played: readonly Played[]): string {
  return played
    .map(({ name, text, runs }) => {
      let at = 0;
      const lines = runs.map(({ length, kind, basis, rule, placement }) => {
        const part = text.slice(at, at + length);
        at += length;
        return `  ${`${kind} (${basis}, ${rule}), by ${placement}`.padEnd(56)} ${JSON.stringify(part)}\n`;
      });
      return `${name}\n${lines.join('')}`;
    })
    .join('\n');
}

class TracePlayer {
  readonly #story: TraceStory;
  readonly #room: Workroom;
  readonly #window: ProductWindow;
  readonly #editor: VscodeDouble;
  readonly #theatre: TraceTheatre;
  readonly #tokens = new Map<string, string>();
  readonly #reads = new Map<number, (text: string) => void>();
  readonly #running = new Map<string, () => void>();

  constructor(story: TraceStory, room: Workroom) {
    this.#story = story;
    this.#room = room;
    room.consent();
    this.#window = new ProductWindow(room.home, room.folder);
    this.#editor = this.#window.editor;
    this.#theatre = new TraceTheatre(room.folder, this.#editor);
  }

  async play(): Promise<readonly Played[]> {
    await this.#before();
    this.#set(this.#story.head.settings);
    const { opening, events } = this.#story;
    for (const event of opening) this.#theatre.open(event);
    await this.#window.takeUp();
    await this.#window.flush();
    for (const [path, { file, encoding }] of this.#story.filesBefore())
      if (file !== undefined) this.#theatre.write(path, file, encoding);
    let now = opening.at(-1)?.at ?? 0;
    for (const [i, event] of events.entries()) {
      if (i < opening.length) continue;
      await this.#pass(Math.max(0, event.at - now));
      now = Math.max(now, event.at);
      await this.#happens(event, i);
      for (let turn = 0; turn < 4; turn++) await Promise.resolve();
    }
    await this.#window.flush();
    await this.#pass(1000);
    const played = [...this.#theatre.props.values()]
      .filter(({ shown }) => !shown.closed)
      .map(prop => this.#found(prop));
    await this.#window.close();
    if (this.#window.failures.length > 0) throw new Error(this.#window.failures.join('\n'));
    return played;
  }

  /** The files as they were, and what their texts were made of. */
  async #before(): Promise<void> {
    const files = this.#story.filesBefore();
    // What was unsaved when it was opened counts as its file's here, and the file gets its own text after that.
    for (const [path, { text, encoding }] of files) this.#theatre.write(path, text, encoding);
    const writer = await this.#room.writer();
    await writer.baseline([...files.keys()].sort(), initial, 'baseline');
    for (const [path, { origins = [] }] of files) {
      const spans = this.#room.read(reader => reader.document(path)?.provenance);
      let at = 0;
      for (const { length, ...origin } of origins) {
        const ranges = spans?.slice(at, at + length) ?? [];
        if (origin.kind !== 'initial' && ranges.length > 0) writer.append({ kind: 'resolution', ranges, origin });
        at += length;
      }
    }
    await this.#room.close();
  }

  async #pass(milliseconds: number): Promise<void> {
    const { clock } = this.#window;
    if (milliseconds < calm) {
      clock.pass(milliseconds);
      return;
    }
    clock.pass(calm - 5);
    await this.#calm();
    clock.pass(milliseconds - calm + 5);
    await this.#calm();
  }

  /** A text whose worker is to answer later waits, as it did then. */
  async #calm(): Promise<void> {
    const { live } = this.#window.product;
    if (![...live.values()].some(({ tracker }) => tracker.waits)) await this.#window.flush();
  }

  /** The worker answers when it answered then, and not before. */
  async #answered({ document }: Of<'answered'>): Promise<void> {
    const uri = this.#theatre.prop(document).shown.uri.toString();
    const by = Date.now() + patience;
    while (this.#window.product.live.get(uri)?.tracker.waits) {
      if (Date.now() > by) throw new Error(`the worker has not answered for document ${document}`);
      await setImmediate();
    }
  }

  #happens(event: TraceEvent, at: number): unknown {
    const fire = (name: string, value: unknown) => this.#editor.on(name).fire(value);
    const theatre = this.#theatre;
    switch (event.kind) {
      case 'opened':
        return fire('onDidOpenTextDocument', theatre.open(event).document);
      case 'changed': {
        const prop = theatre.prop(event.document);
        const change = theatre.change(prop, event);
        if (this.#story.isReload(at)) theatre.written(prop);
        return fire('onDidChangeTextDocument', change);
      }
      case 'selected': {
        const { editor, beside } = theatre.prop(event.document);
        const textEditor = event.active ? editor : beside;
        textEditor.selections = selectionsOf(event.carets);
        if (event.active) this.#editor.active = editor;
        return fire('onDidChangeTextEditorSelection', {
          textEditor,
          selections: textEditor.selections,
          kind: event.by,
        });
      }
      case 'shown': {
        const editor = event.document === undefined ? undefined : theatre.prop(event.document).editor;
        if (editor) editor.selections = selectionsOf(event.carets ?? []);
        this.#editor.active = editor;
        return fire('onDidChangeActiveTextEditor', editor);
      }
      case 'saving': {
        const { document } = theatre.prop(event.document);
        return fire('onWillSaveTextDocument', { document, reason: event.reason, waitUntil: () => undefined });
      }
      case 'saved': {
        const prop = theatre.prop(event.document);
        Object.assign(prop.shown, { encoding: event.encoding, eol: event.eol });
        theatre.written(prop);
        return fire('onDidSaveTextDocument', prop.document);
      }
      case 'closed':
        theatre.close(event.document);
        return fire('onDidCloseTextDocument', theatre.prop(event.document).document);
      case 'copied':
        return this.#copied(event);
      case 'offered':
        return this.#offered(event);
      case 'read':
        return this.#reads.get(event.offer)?.(event.text ?? '');
      case 'command':
        return this.#command(event);
      case 'answered':
        return this.#answered(event);
      case 'disk':
        return this.#disk(event);
      case 'renaming':
        return fire('onWillRenameFiles', { files: [this.#renaming(event)], waitUntil: () => undefined });
      case 'renamed':
        theatre.move(event.from, event.path);
        return fire('onDidRenameFiles', { files: [this.#renaming(event)] });
      case 'removed':
        theatre.remove(event.path);
        return fire('onDidDeleteFiles', { files: [theatre.uri(event.path)] });
      case 'settings':
        this.#set(event.settings);
        return fire('onDidChangeConfiguration', { affectsConfiguration: () => true });
    }
  }

  #copied({ document, ranges = [], token }: Of<'copied'>): void {
    const [provider] = this.#editor.paste;
    const data = new DataTransfer();
    // A text that is not recorded is any that no tracker has.
    const of =
      document === undefined ? { uri: { toString: () => 'elsewhere:/' } } : this.#theatre.prop(document).document;
    void provider?.prepareDocumentPaste?.(of as never, ranges.map(rangeOf) as never, data as never, undefined as never);
    const own = data.get(ownMime)?.value;
    if (typeof own === 'string') this.#tokens.set(token, own);
  }

  #offered({ offer, how, document, editor, token }: Of<'offered'>): void {
    const data = new DataTransfer();
    if (token !== undefined)
      data.set(ownMime, { value: this.#tokens.get(token) ?? token, asString: async () => token });
    if (editor) data.set(editorMime, { value: '{}', asString: async () => '{}' });
    const read = new Promise<string>(resolve => this.#reads.set(offer, resolve));
    if (this.#story.textOf(offer) !== undefined) lateText(data, read);
    const of = this.#theatre.prop(document).document as never;
    const none = undefined as never;
    if (how === 'paste') {
      const [provider] = this.#editor.paste;
      void provider?.provideDocumentPasteEdits?.(of, [], data as never, none, none);
    } else void this.#editor.drop[0]?.provideDocumentDropEdits(of, none, data as never, none);
  }

  /** The editor's own command runs, under one of ours that took its name, until it is told to have ended. */
  #command({ command, args, ended }: Of<'command'>): void {
    if (ended) {
      this.#running.get(command)?.();
      return;
    }
    this.#editor.builtins.set(command, () => new Promise<void>(resolve => this.#running.set(command, resolve)));
    void this.#editor.run(command, ...args);
  }

  #disk({ path, what, text }: Of<'disk'>): void {
    if (what === 'deleted') this.#theatre.remove(path);
    else if (text !== undefined) this.#theatre.write(path, text);
    else if (!existsSync(join(this.#theatre.folder, path))) return;
    const names = { created: 'watcher.create', changed: 'watcher.change', deleted: 'watcher.delete' } as const;
    this.#editor.on(names[what]).fire(this.#theatre.uri(path));
  }

  #renaming({ from, path }: Of<'renaming' | 'renamed'>): object {
    return { oldUri: this.#theatre.uri(from), newUri: this.#theatre.uri(path) };
  }

  #set(settings: Readonly<Record<string, unknown>>): void {
    for (const [name, value] of Object.entries(settings)) this.#editor.settings.set(name, value);
  }

  #found({ path, shown, document }: ReturnType<TraceTheatre['prop']>): Played {
    const { text } = shown;
    const spans = this.#window.window.spansIn(document as never, 0, text.length);
    if (!spans) throw new Error(`no spans of ${shown.uri}`);
    const runs = spans.map(({ length, origin: { kind, basis, rule }, placement }) => {
      return { length, kind, basis, rule, placement };
    });
    return { name: path ?? shown.uri.path, text, runs };
  }
}
