import type { ParseArgsConfig } from 'node:util';
import type { OnStage } from '../evidence/stage.ts';
import type { Signer } from '../journal/keys.ts';
import type { Arguments, WordKey, Words } from './words.ts';

/** What a run reads and writes: given to it, so that it runs in a terminal, in a worker thread and in tests alike. */
export interface Io {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  /** Signs in place of the command line's own key file. */
  readonly signer?: Signer | undefined;
  /** Hears what is being done. */
  readonly stage?: OnStage | undefined;
}

/** One call of a command, its options taken apart. Paths are as the person gave them. */
export interface Call {
  readonly io: Io;
  readonly words: Words;
  /** Folder to look in: absolute. */
  readonly folder: string;
  readonly paths: readonly string[];
  readonly json: boolean;
  option(name: string): string | undefined;
  /** All values of an option that may stand several times. */
  values(name: string): readonly string[];
  /** Whether an option without a value was given. */
  flag(name: string): boolean;
  /** A line for people. */
  print(line: string): void;
  /** The one JSON document. */
  document(value: object): void;
  /** A line for people beside the answer. */
  note(line: string): void;
  /** What is being done now, for who waits for it. */
  readonly stage: OnStage;
}

export interface Command {
  readonly name: string;
  /** What stands behind the name in the help. */
  readonly usage: string;
  readonly about: WordKey;
  /** Arguments beside options that it takes at most; absent: any number. */
  readonly most?: number;
  /** Options beside those of every command. */
  readonly options: Readonly<Record<string, CommandOption>>;
  /** Gives the exit code: 0 done, 1 the answer is no. Throws Refusal for what cannot be done. */
  run(call: Call): number | Promise<number>;
}

export interface CommandOption {
  readonly about: WordKey;
  /** What stands for its value in the help; an option without takes none. */
  readonly value?: string;
  /** It may stand several times. */
  readonly several?: true;
}

export type ParsedOptions = NonNullable<ParseArgsConfig['options']>;

/** What was asked cannot be done; said in one line, exit code 2. */
export class Refusal extends Error {
  readonly key: WordKey;
  readonly args: Arguments;

  constructor(key: WordKey, args: Arguments = {}, cause?: unknown) {
    super(key, cause === undefined ? undefined : { cause });
    this.name = 'Refusal';
    this.key = key;
    this.args = args;
  }
}

export function detailOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.split('\n', 1)[0]!;
}
