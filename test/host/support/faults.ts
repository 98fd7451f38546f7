import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Worker, WorkerOptions } from 'node:worker_threads';
import * as vscode from 'vscode';
import { keyboard, page } from './driver.ts';
import { type Api, breath, kindsOf } from './scene.ts';
import { notifications, statusBar } from './surface.ts';
import { plain } from './truth.ts';
import { until } from './until.ts';

/** The window's data folder. */
export function home(): string {
  const path = process.env.HOLOGRAPH_HOME;
  if (path === undefined) throw new Error('the window has no data folder of its own');
  return path;
}

/** Files of the journals in the data folder, oldest first. */
export function journals(): string[] {
  const folder = join(home(), 'journals');
  return readdirSync(folder).map(id => join(folder, id, 'journal.sqlite'));
}

/**
 * Waits for messages, one for each list of words that it holds; checks that each stands once and none beside
 * them, but for the one that recording has begun; and takes all away. One list may be given as it is.
 */
export async function saidOnce(...wanted: readonly string[] | readonly (readonly string[])[]): Promise<void> {
  const lists = wanted.every(words => typeof words === 'string')
    ? [wanted]
    : (wanted as readonly (readonly string[])[]);
  const fits = (words: readonly string[]) => (text: string) => words.every(word => text.includes(word));
  let all: readonly string[] = [];
  await until(`the messages ${JSON.stringify(lists)}`, async () => {
    all = (await notifications()).filter(text => !text.includes('Recording “'));
    return lists.every(words => all.some(fits(words)));
  }).catch((error: Error) => {
    throw new Error(`${error.message}: there are ${JSON.stringify(all)}`);
  });
  const counts = async () => {
    // Time for another to come, and for a row that VS Code drew twice to be drawn anew.
    await breath(700);
    all = (await notifications()).filter(text => !text.includes('Recording “'));
    return [...lists.map(words => all.filter(fits(words)).length), all.length];
  };
  const once = [...lists.map(() => 1), lists.length];
  const first = await counts();
  const second = first.join() === once.join() ? first : await counts();
  assert.deepEqual(second, once, JSON.stringify(all));
  await vscode.commands.executeCommand('notifications.clearAll');
  // A row that was drawn goes a moment later.
  await until('an empty list', async () => (await notifications()).length === 0);
}

export async function saidNothing(): Promise<void> {
  assert.deepEqual(await notifications(), []);
}

/** Waits until the status bar says this, at a glance or to a screen reader. */
export async function statusSays(words: string): Promise<void> {
  const spoken = `${statusBar} [aria-label*="${words}"]`;
  await until(`“${words}” in the status bar`, async () => {
    return (await page.text(statusBar)).join().includes(words) || (await page.count(spoken)) > 0;
  });
}

/** Types at the end of the text in the active editor. */
export async function typeAtEnd(text: string): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) throw new Error('no text is open');
  await keyboard.press('Control+End');
  await keyboard.type(text);
  await until('the text', () => plain(document).endsWith(text));
  await breath(200);
}

/** What the journal says of a saved file: runs of one kind, as `kind: text`. */
export async function runs(api: Api, uri: vscode.Uri): Promise<string[]> {
  const text = readFileSync(uri.fsPath, 'utf8');
  const spans = await api.spans(uri);
  assert.ok(spans.current, `the journal holds the text of ${uri.fsPath} as it stands`);
  const out: { kind: string; text: string }[] = [];
  for (const [i, kind] of kindsOf(spans).entries()) {
    const last = out.at(-1);
    if (last?.kind === kind) last.text += text[i];
    else out.push({ kind, text: text[i] ?? '' });
  }
  return out.map(run => `${run.kind}: ${run.text}`);
}

type Threads = { Worker: new (script: string | URL, options?: WorkerOptions) => Worker };

/** The product's threads of a name from now on, real ones; `more` is given to each of its threads. Gives what ends the watch. */
export function watchThreads(
  more: WorkerOptions = {},
  name = 'holograph journal',
): { readonly all: Worker[]; restore(): void } {
  // The very object whose members the product's bundle calls.
  const threads = process.getBuiltinModule('node:worker_threads') as unknown as Threads;
  const { Worker: Own } = threads;
  const all: Worker[] = [];
  threads.Worker = class extends Own {
    constructor(script: string | URL, options: WorkerOptions = {}) {
      super(script, { ...options, ...more });
      if (options.name === name) all.push(this as unknown as Worker);
    }
  };
  return {
    all,
    restore: () => {
      threads.Worker = Own;
    },
  };
}
