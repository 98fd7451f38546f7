import { existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { Agent, AgentReader, AgentRecords, Problem } from '../agent.ts';
import { type Effect, wholeFile } from '../reading/askedEdit.ts';
import { Gathering } from '../reading/gathering.ts';
import { isTracked } from '../reading/gitIndex.ts';
import { JsonLines, type Visitor } from '../reading/jsonl.ts';
import { servedModel } from '../reading/model.ts';
import { named } from '../reading/named.ts';
import type { Asked } from './aiderAsked.ts';
import { AiderParts, type PartsVisitor } from './aiderParts.ts';
import { Reply } from './aiderReply.ts';

const history = '.aider.chat.history.md';

/**
 * aider's chat history, one Markdown file at the root of the repository it works in. The record has no times but each
 * session's start: what stands in a session that another has followed has its start, what stands in the last one the
 * time at which the file was last written when it was read. Where aider repeats nothing of an edit but its file's name,
 * the blocks of the reply before it are what it did. Forms: aider's `io.py`, `base_coder.py` and its coders.
 */
export const aider: Agent = {
  name: 'aider',
  checked: 'samples',
  versions: '0.5 to 0.86',
  shallow: true,
  places(folder) {
    return [...new Set([folder, rootOf(folder)])];
  },
  isRecord(file) {
    return file === history;
  },
  undated: () => true,
  // It is kept out of git as a rule: one that git brought is others', or they wrote in it too.
  foreign: isTracked,
  reader: file => new AiderReader(file),
};

function rootOf(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return folder;
  }
}

/** A longer reply is not held (UTF-16 units). */
const LONGEST_REPLY = 16_000_000;
/** What a session gives is held back until its time is known, up to so many texts. */
const HELD = 2000;
const HELD_SIZE = 4_000_000;
/** Commits of which is known what they hold. */
const COMMITS = 1000;
/** Entered commands that ask the model something; what others say is the tool's. */
const asking = /^\/(ask|code|architect|help|context|chat-mode|web|voice)\b/;

class AiderReader implements AgentReader, Visitor, PartsVisitor {
  readonly #file: string;
  readonly #lines: JsonLines;
  readonly #gathering = new Gathering('aider');
  #parts = new AiderParts(this);
  /** What waits for its time, and how much text there is in it. */
  #held: ((time: number) => void)[] = [];
  #heldSize = 0;
  #start = 0;
  #conversation = '';
  #count = 0;
  /** In architect mode one model answers, and another edits. */
  #main: Voice = {};
  #editor: Voice | undefined;
  #speaker: Voice = {};
  #prompt: string | undefined;
  /** A command, which is a prompt only if the model answers it. */
  #command: string | undefined;
  #architect = false;
  #reply = new Reply();
  #before = '';
  /** Edits that no commit holds yet, and those of each commit. */
  #uncommitted: string[] = [];
  readonly #commits = new Map<string, readonly string[]>();

  constructor(file: string) {
    this.#file = file;
    this.#lines = new JsonLines(file, undefined, bytes => new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    this.#begin('');
  }

  async read(): Promise<AgentRecords> {
    const changed = (await stat(this.#file).catch(() => undefined))?.mtimeMs ?? this.#start;
    const state = await this.#lines.read(this);
    if (state === 'end') {
      this.#parts.rest();
      this.#answer();
    }
    this.#give(Math.max(Math.floor(changed), this.#start));
    return this.#gathering.take(state === 'more');
  }

  line(value: unknown): 'stop' | undefined {
    this.#parts.line(String(value).replace(/\r$/, ''));
    return this.#gathering.full || this.#held.length > HELD || this.#heldSize > HELD_SIZE ? 'stop' : undefined;
  }

  problem(problem: Problem): void {
    this.#gathering.problem(problem);
  }

  restart(): void {
    this.#parts = new AiderParts(this);
    this.#held = [];
    this.#commits.clear();
    this.#begin('');
  }

  started(time: string): void {
    this.#answer();
    if (this.#start > 0) this.#give(this.#start);
    this.#begin(time);
  }

  entered(text: string): void {
    this.#answer();
    const own = text.trim();
    const repeats = this.#architect && own !== '' && plain(this.#before).includes(plain(own));
    this.#before = '';
    // In architect mode what the first model said is entered for the second.
    if (repeats) {
      this.#speaker = this.#editor ?? this.#main;
      return;
    }
    this.#command = undefined;
    if (own === '' || own === '<blank>' || /\(Y\)es\/\(N\)o.*\]: ?\w*$/.test(own)) return;
    this.#speaker = this.#main;
    this.#prompt = undefined;
    if (own.startsWith('/architect')) this.#architect = true;
    if (own.startsWith('/') && !asking.test(own)) this.#command = text;
    else if (!/^\/\S+$/.test(own)) this.#ask(text);
  }

  told(text: string): void {
    const said = /^(Main model|Editor model|Models?): (\S+?),?(?: with (\S+) edit format)?(?:[, ]|$)/.exec(text);
    if (said) this.#announced(said[1] === 'Editor model', modelIn(said[2]), said[3]);
    const file = /^Applied edit to (.+)$/.exec(text)?.[1];
    if (file !== undefined) this.#applied(this.#reply.take(file, this.#speaker.format), file);
    if (/^# \d+ SEARCH\/REPLACE blocks? failed/.test(text)) this.#applied(this.#reply.takeOthers(text));
    const commit = /^(Commit|Removed:) ([0-9a-f]{7})/.exec(text);
    if (commit?.[1] === 'Commit') this.#committed(commit[2]!);
    else if (commit) this.#undone(commit[2]!);
    this.#reply.whole = true;
  }

  replied(line: string): void {
    if (this.#reply.whole && line.trim() !== '') {
      this.#answer();
      this.#before = '';
      this.#reply = new Reply();
    }
    if (line.trim() !== '' && this.#command !== undefined) this.#ask(this.#command);
    if (this.#reply.size > LONGEST_REPLY) return;
    this.#reply.add(line);
    if (this.#reply.size > LONGEST_REPLY) this.problem({ file: this.#file, line: 0, message: 'reply too long' });
  }

  #begin(time: string): void {
    const start = Date.parse(time.replace(' ', 'T'));
    this.#start = Number.isNaN(start) ? 0 : start;
    this.#conversation = named(dirname(resolve(this.#file)), time);
    this.#count = 0;
    this.#prompt = this.#command = undefined;
    this.#architect = false;
    this.#reply = new Reply();
    this.#before = '';
    this.#uncommitted = [];
    this.#main = this.#speaker = {};
    this.#editor = undefined;
  }

  #announced(editor: boolean, model: string | undefined, format: string | undefined): void {
    const voice = { ...(model ? { model } : {}), ...(format ? { format } : {}) };
    if (editor) this.#editor = voice;
    else {
      this.#main = this.#speaker = voice;
      this.#architect = format === 'architect';
    }
  }

  #ask(text: string): void {
    this.#command = undefined;
    const [conversation, { model }, message] = [this.#conversation, this.#main, this.#name(text)];
    const folder = dirname(resolve(this.#file));
    this.#prompt = `aider:${conversation}:${message}`;
    this.#held.push(time => {
      this.#gathering.prompt({ conversation, time, text, folder, ...(model ? { model } : {}) }, message);
    });
  }

  /** Gives the reply's words, without the blocks that were carried out. */
  #answer(): void {
    this.#before = this.#reply.lines.join('\n');
    const text = this.#reply.words();
    if (text === '') return;
    const [conversation, model, prompt, message] = [
      this.#conversation,
      this.#speaker.model,
      this.#prompt,
      this.#name(text),
    ];
    this.#held.push(time => {
      const known = { ...(model ? { model } : {}), ...(prompt ? { prompt } : {}) };
      this.#gathering.answer({ conversation, time, text, ...known }, message);
    });
  }

  #applied(done: readonly Asked[] | undefined, file?: string): void {
    if (done === undefined) this.problem({ file: this.#file, line: 0, message: 'edit without text' });
    for (const asked of done ?? []) {
      const path = resolve(dirname(this.#file), file ?? asked.file);
      if (asked.whole !== undefined) this.#edit(path, wholeFile(asked.whole));
      for (const replaced of asked.replaced) this.#edit(path, { replaced });
    }
  }

  #edit(file: string, effect: Effect): void {
    const [conversation, model, prompt] = [this.#conversation, this.#speaker.model, this.#prompt];
    const call = this.#name(JSON.stringify(effect));
    this.#uncommitted.push(`aider:${conversation}:${call}`);
    this.#held.push(time => {
      const known = { ...(model ? { model } : {}), ...(prompt ? { prompt } : {}) };
      this.#gathering.edit({ conversation, time, file, ...effect, ...known }, call);
    });
  }

  #committed(commit: string): void {
    if (this.#uncommitted.length > 0) this.#commits.set(commit, this.#uncommitted);
    this.#uncommitted = [];
    if (this.#commits.size > COMMITS) this.#commits.delete(this.#commits.keys().next().value!);
  }

  #undone(commit: string): void {
    for (const edit of this.#commits.get(commit) ?? []) {
      this.#held.push(time => this.#gathering.decision(edit, time, 'undone'));
    }
    this.#commits.delete(commit);
  }

  #give(time: number): void {
    for (const give of this.#held) give(time);
    this.#held = [];
    this.#heldSize = 0;
  }

  /** Unique in the record: by session, place in it, and text. */
  #name(text: string): string {
    this.#heldSize += text.length;
    return named(this.#conversation, this.#count++, text);
  }
}

/** Who speaks, and in which form it gives its changes. */
interface Voice {
  readonly model?: string;
  readonly format?: string;
}

/** aider names a model with whom it asks for it before: `openrouter/anthropic/claude-opus-5`. */
function modelIn(name: string | undefined): string | undefined {
  const parts = name?.split('/') ?? [];
  return servedModel(parts.at(-1), parts.length > 1 ? parts.at(-2) : undefined);
}

function plain(of: string): string {
  return of.replace(/\s+/g, ' ').trim();
}
