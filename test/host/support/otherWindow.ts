import { readdirSync, readFileSync } from 'node:fs';
import { openJournal } from '../../../src/journal/reader.ts';
import { Replay } from '../../../src/journal/replay.ts';
import type { Kind } from '../../../src/provenance/origin.ts';
import { keyboard, page, windows } from './driver.ts';
import { journals } from './faults.ts';
import { until } from './until.ts';

/** Another window on the work folder, with the product in an extension host of its own. It is in use then. */
export async function openWindow(options: Parameters<typeof windows.open>[0] = { apart: true }): Promise<number> {
  const before = trackedSessions();
  const number = await windows.open(options);
  await until('the other window’s session', () => trackedSessions() > before, 60);
  return number;
}

/** Opens a file in the window in use, by its name, as a person does. */
export async function openByName(name: string): Promise<void> {
  await keyboard.press('Control+p');
  await page.waitFor('.quick-input-widget input[type=text]');
  await keyboard.type(name);
  await page.waitFor(`.quick-input-list .monaco-list-row.focused:has-text("${name}")`);
  await keyboard.press('Enter');
  await page.waitFor(`.tab.active:has-text("${name}")`);
  await page.waitFor('.monaco-editor.focused');
}

/** Runs of one kind and basis of a text as one tracker has it by now. */
export interface Held {
  readonly session: number;
  readonly path: string | undefined;
  readonly text: string;
  readonly runs: readonly string[];
}

/** Every text that is held open in some window, by the journal. */
export function held(): Held[] {
  return withReplay(replay =>
    [...replay.trackers].map(({ session, document, content }) => {
      const text = content.text.toString();
      const runs: string[] = [];
      let at = 0;
      for (const { length, origin } of replay.origins.walk(content.provenance.spans())) {
        const of = `${origin.kind satisfies Kind}: `;
        const part = text.slice(at, at + length);
        if (runs.at(-1)?.startsWith(of)) runs.push(runs.pop() + part);
        else runs.push(of + part);
        at += length;
      }
      return { session, path: document.path, text, runs };
    }),
  );
}

function trackedSessions(): number {
  return withReplay(replay => [...replay.sessions.values()].length);
}

/** Every digest that an event states of a text is checked on the way. */
function withReplay<T>(use: (replay: Replay) => T): T {
  const [file] = journals();
  if (file === undefined) throw new Error('there is no journal');
  const reader = openJournal(file);
  try {
    const replay = new Replay({ checks: true });
    for (const event of reader.events()) replay.apply(event);
    return use(replay);
  } finally {
    reader.close();
  }
}

/** Process numbers of the other windows' extension hosts. */
export function otherHosts(): number[] {
  return readdirSync('/proc')
    .filter(name => /^\d+$/.test(name))
    .map(Number)
    .filter(pid => pid !== process.pid && parentOf(pid) === process.ppid && commandOf(pid).includes('extensionHost'));
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
  } catch {
    // It has just ended.
    return undefined;
  }
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    // It has just ended.
    return '';
  }
}
