import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { isMissing } from '../reading/missing.ts';
import { type Hindrance, hookState, planInstall, planRemove } from './hookPlan.ts';
import { HookReceipts } from './hookReceipts.ts';
import type { HookAgent } from './hookRecords.ts';
import { type HookScope, type HookSettings, hookSettings, isFound } from './hookSettings.ts';
import { cut, type Range } from './jsoncEdit.ts';

export type HookState = 'none' | 'installed' | 'other' | 'unreadable' | 'foreign';

/** One tool's hooks, as its settings have them. */
export interface HookTool {
  readonly agent: HookAgent;
  readonly files: readonly string[];
  readonly state: HookState;
  /** The tool has been used on this machine. */
  readonly found: boolean;
}

/** What would be done to one file of a tool's settings. */
export interface HookChange {
  readonly agent: HookAgent;
  readonly file: string;
  /** The text now and then; undefined: no file. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** What of the text is ours, where it was only put in. */
  readonly ranges?: readonly Range[];
  readonly program: boolean;
  /** Why nothing is done. */
  readonly hindrance?: Hindrance | 'unopened' | 'unsupported' | 'changed';
}

/** Puts our hook into tools' settings and takes it out again: `home` is the data folder, `program` what is to be called. */
export class HookInstall {
  readonly #scope: HookScope;
  readonly #program: string;
  readonly #receipts: HookReceipts;

  constructor(home: string, program: string, scope: HookScope) {
    this.#program = program;
    this.#scope = scope;
    this.#receipts = new HookReceipts(home);
  }

  tool(agent: HookAgent): HookTool {
    const all = hookSettings(agent, this.#program, this.#scope);
    const states = all.map((one): HookState => {
      const text = textOf(one.file);
      return text === unopened ? 'unreadable' : hookState(one, text, agent, this.#program);
    });
    const state = states.every(one => one === states[0]) ? states[0]! : 'other';
    return { agent, files: all.map(({ file }) => file), state, found: isFound(agent, this.#scope.machine) };
  }

  /** What installing would change; empty where all is so already. */
  installing(agent: HookAgent): HookChange[] {
    return hookSettings(agent, this.#program, this.#scope).flatMap((settings): HookChange[] => {
      const before = textOf(settings.file);
      if (before === unopened) return [leftAlone(agent, settings)];
      const change = { agent, file: settings.file, before, program: settings.kind === 'script' };
      // There Cline starts no programs of this form.
      const unsupported = change.program && this.#scope.machine.platform === 'win32';
      const plan = unsupported ? 'unsupported' : planInstall(settings, before, agent, this.#program);
      if (plan === undefined) return [];
      if (typeof plan === 'string') return [{ ...change, after: before, hindrance: plan }];
      return [{ ...change, after: plan.text, ...(plan.ranges && { ranges: plan.ranges }) }];
    });
  }

  /** What removing would change: a file that is still as we left it becomes what it was, to the letter. */
  removing(agent: HookAgent): HookChange[] {
    // The first one made the folders, so it goes last.
    return hookSettings(agent, this.#program, this.#scope)
      .toReversed()
      .flatMap((settings): HookChange[] => {
        const before = textOf(settings.file);
        if (before === undefined) return [];
        if (before === unopened) return [leftAlone(agent, settings)];
        const change = { agent, file: settings.file, before, program: settings.kind === 'script' };
        const receipt = this.#receipts.of(settings.file);
        if (receipt && receipt.after === digestOf(before)) {
          return [{ ...change, after: receipt.created ? undefined : cut(before, receipt.ranges) }];
        }
        const plan = planRemove(settings, before, agent);
        if (plan === undefined) return [];
        if (typeof plan === 'string') return [{ ...change, after: before, hindrance: plan }];
        return [{ ...change, after: plan.text }];
      });
  }

  /** Does what was planned, unless the file has changed since. Gives why not. Throws what the file system throws. */
  apply({ file, before, after, ranges, program, hindrance }: HookChange): HookChange['hindrance'] {
    if (hindrance !== undefined) return hindrance;
    if (textOf(file) !== before) return 'changed';
    const receipt = this.#receipts.of(file);
    if (after === undefined) {
      rmSync(file);
      for (const folder of receipt?.folders ?? []) removeIfEmpty(folder);
      this.#receipts.forget(file);
      return undefined;
    }
    const folders = before === undefined ? missingFolders(dirname(file)) : [];
    mkdirSync(dirname(file), { recursive: true });
    write(file, after, program);
    if (before === undefined) this.#receipts.keep(file, { after: digestOf(after), created: true, folders, ranges: [] });
    else if (ranges) this.#receipts.keep(file, { after: digestOf(after), created: false, folders: [], ranges });
    else this.#receipts.forget(file);
    return undefined;
  }
}

/** It is there, and is not let us be read: rights, or a folder in its place. */
const unopened = Symbol('unopened');

function leftAlone(agent: HookAgent, { file, kind }: HookSettings): HookChange {
  return { agent, file, before: undefined, after: undefined, program: kind === 'script', hindrance: 'unopened' };
}

/** Undefined: there is no such file. */
function textOf(file: string): string | typeof unopened | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(readFileSync(file));
  } catch (error) {
    if (isMissing(error)) return undefined;
    // Of no encoding that settings have: as malformed as can be.
    if (error instanceof TypeError) return '\u0000';
    if (error instanceof Error && 'syscall' in error) return unopened;
    throw error;
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Whole or not at all, with the rights that it had; a link stays one. */
function write(file: string, text: string, program: boolean): void {
  const at = existsSync(file) ? realpathSync(file) : file;
  const mode = program ? 0o755 : existsSync(at) ? statSync(at).mode & 0o777 : 0o600;
  const part = `${at}.${process.pid}.part`;
  try {
    writeFileSync(part, text, { mode });
    if (process.platform !== 'win32') chmodSync(part, mode);
    renameSync(part, at);
  } catch (error) {
    rmSync(part, { force: true });
    throw error;
  }
}

/** Folders that will have to be made, innermost first. */
function missingFolders(folder: string): string[] {
  return existsSync(folder) || dirname(folder) === folder ? [] : [folder, ...missingFolders(dirname(folder))];
}

function removeIfEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    // Others have put something there.
    if (!(error instanceof Error)) throw error;
  }
}
