import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { structuredPatch } from 'diff';
import type { HookAgent } from '../../../src/agents/hooks/hookRecords.ts';
import { callHook } from './callHook.ts';

/** What a tool is asked to do: a passage that stands once in the file, and what is to stand there. */
export interface Asked {
  readonly prompt: string;
  /** Absolute path. */
  readonly file: string;
  readonly old: string;
  readonly new: string;
}

/** One thing that a tool was asked, and did. Times are ms since 1970. */
export interface Turn extends Asked {
  /** The folder in which the tool works. */
  readonly folder: string;
  /** Ids that the tool makes: of the turn, and of its one call. */
  readonly id: string;
  readonly call: string;
  readonly asked: number;
  readonly made: number;
  /** The file's text as the tool read it and as it left it. */
  readonly before: string;
  readonly after: string;
}

/**
 * A tool at the edge of the world: it writes files, calls hooks and leaves records as the real one does, so that nothing
 * of the product has to be told that it is none. A record may be left later than the file was written.
 */
export interface StandIn {
  readonly name: string;
  /** The settings that say what it calls, and the events at which it does, by its own names. */
  readonly hooks: {
    readonly agent: HookAgent;
    readonly settings: string;
    readonly asked: string;
    readonly used: string;
  };
  /** What its hooks are told of a prompt, and of a call that is done. */
  toldAsked(turn: Turn): object;
  toldUsed(turn: Turn): object;
  /** The text that it finds; the file's, if absent. */
  reads?(file: string): string;
  /** What it leaves in the file; the passage replaced, if absent. */
  leaves?(text: string): string;
  /** Writes the file; behind the editor, if absent. */
  write?(turn: Turn): PromiseLike<void>;
  /** Leaves the record of a turn that is over. */
  tell(turn: Turn): void;
}

/** Has a tool do something to a file as it stands; with its hooks, if it has any to call. */
export async function has(tool: StandIn, asked: Asked, folder: string, hooked: boolean): Promise<Turn> {
  const { hooks, reads = fromDisk, leaves = text => text, write = onDisk } = tool;
  const id = randomUUID();
  const start = { ...asked, folder, id, call: `toolu_${id.replaceAll('-', '').slice(0, 24)}`, asked: Date.now() };
  const prompted = { ...start, made: start.asked, before: '', after: '' };
  if (hooked) await callHook(hooks.settings, hooks.asked, tool.toldAsked(prompted), folder);
  const before = reads(asked.file);
  if (before.split(asked.old).length !== 2) throw new Error(`${asked.file} must hold the passage once: ${asked.old}`);
  const after = leaves(before.replace(asked.old, () => asked.new));
  const turn = { ...start, made: Date.now(), before, after };
  await write(turn);
  if (hooked) await callHook(hooks.settings, hooks.used, tool.toldUsed(turn), folder);
  return turn;
}

function fromDisk(file: string): string {
  return readFileSync(file, 'utf8');
}

async function onDisk({ file, after }: Turn): Promise<void> {
  writeFileSync(file, after);
}

/** The lines of a patch between the two texts, with three around each place; what patches say of a missing last line end is left out. */
export function patchLines({ before, after }: Turn): readonly { readonly head: string; readonly lines: string[] }[] {
  const { hunks } = structuredPatch('', '', before, after, '', '', { context: 3 });
  return hunks.map(({ oldStart, oldLines, newStart, newLines, lines }) => ({
    head: `@@ -${oldStart},${oldLines} +${newStart},${newLines} @@`,
    lines: lines.filter(line => !line.startsWith('\\')),
  }));
}

/** A folder that the tool's environment names. */
export function place(variable: string): string {
  const path = process.env[variable];
  if (path === undefined) throw new Error(`the window has no ${variable} of its own`);
  return path;
}
