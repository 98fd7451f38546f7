import { stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import type { AgentReader, AgentRecords, Problem } from '../agent.ts';
import { effectsOf, pathOf, replacementsIn, wholeFile } from '../reading/askedEdit.ts';
import { Gathering } from '../reading/gathering.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { JsonLines, type Visitor } from '../reading/jsonl.ts';
import { named } from '../reading/named.ts';
import { type FileEffect, patchEffects } from './cursorEdit.ts';

/**
 * One of Cursor's agent transcripts, `agent-transcripts/<id>/<id>.jsonl`: roles and content, no times (the file's is
 * taken), no results, so a call that failed cannot be told from one that did not. `known`: whether the conversation
 * stands in the database, which says more; then nothing is taken from here.
 */
export class CursorTranscript implements AgentReader, Visitor {
  readonly #file: string;
  readonly #lines: JsonLines;
  readonly #known: (conversation: string) => Promise<boolean>;
  readonly #gathering = new Gathering('cursor');
  readonly #told = new Set<string>();
  #time = 0;
  #prompt: string | undefined;

  constructor(file: string, known: (conversation: string) => Promise<boolean>) {
    this.#file = file;
    this.#lines = new JsonLines(file);
    this.#known = known;
  }

  async read(): Promise<AgentRecords> {
    if (await this.#known(this.#conversation)) return this.#gathering.take(false);
    this.#time = Math.floor((await stat(this.#file).catch(() => undefined))?.mtimeMs ?? 0);
    const state = await this.#lines.read(this);
    return this.#gathering.take(state === 'more');
  }

  line(value: unknown, line: number): 'stop' | undefined {
    const entry = fields(value);
    const content = list(fields(entry?.message)?.content).map(fields);
    if (entry?.role === 'user') this.#user(content, line);
    else if (entry?.role === 'assistant') this.#assistant(content, line);
    else if (entry?.role !== undefined && entry.role !== 'system')
      this.problem({ file: this.#file, line: 0, message: 'unknown role' });
    return this.#gathering.full ? 'stop' : undefined;
  }

  problem(problem: Problem): void {
    const told = `${problem.line} ${problem.message}`;
    if (this.#told.has(told)) return;
    this.#told.add(told);
    this.#gathering.problem(problem);
  }

  restart(): void {
    this.#prompt = undefined;
  }

  get #conversation(): string {
    return basename(this.#file, '.jsonl');
  }

  #user(content: readonly (Fields | undefined)[], line: number): void {
    if (this.#file.includes('subagents')) return;
    const said = content.flatMap(part => (part?.type === 'text' ? askedIn(text(part.text) ?? '') : [])).join('\n');
    if (said === '') return;
    const conversation = this.#conversation;
    // Which of the folders with such a name it was is not told.
    const prompt = { conversation, time: this.#time, text: said, folder: '' };
    this.#prompt = this.#gathering.prompt(prompt, named(conversation, line, said));
  }

  #assistant(content: readonly (Fields | undefined)[], line: number): void {
    const conversation = this.#conversation;
    const known = { conversation, time: this.#time, ...(this.#prompt ? { prompt: this.#prompt } : {}) };
    for (const [at, part] of content.entries()) {
      const name = named(conversation, line, at);
      if (part?.type === 'text') {
        // What is blacked out is thinking.
        const said = (text(part.text) ?? '').replace(/\[REDACTED\]/g, '').trim();
        this.#gathering.answer({ ...known, text: said }, name);
      }
      if (part?.type === 'tool_use') this.#call(text(part.name) ?? '', part.input, known, name);
    }
  }

  #call(tool: string, input: unknown, known: { conversation: string; time: number }, name: string): void {
    const effects = effectsIn(tool, input);
    for (const [nth, effect] of effects.entries()) {
      this.#gathering.edit({ ...known, ...effect }, effects.length > 1 ? `${name}.${nth + 1}` : name);
    }
  }
}

/** What a call was to do, where it names its file wholly. */
function effectsIn(tool: string, input: unknown): readonly FileEffect[] {
  const args = fields(input) ?? {};
  if (tool === 'ApplyPatch') {
    const effects = patchEffects(text(input) ?? text(args.patch), undefined) ?? [];
    return effects.filter(({ file }) => isAbsolute(file));
  }
  const file = pathOf(text(args.path) ?? text(args.file_path), undefined);
  if (file === undefined) return [];
  const whole = text(args.contents);
  if (tool === 'Write' && whole !== undefined) return [{ file, ...wholeFile(whole) }];
  if (tool !== 'StrReplace' && tool !== 'MultiEdit' && tool !== 'Edit') return [];
  return effectsOf(replacementsIn(args)).map(effect => ({ file, ...effect }));
}

/** The person's words stand in an element of their own; other elements are Cursor's. */
function askedIn(said: string): string[] {
  const asked = [...said.matchAll(/<user_query>\n?([\s\S]*?)\n?<\/user_query>/g)].map(([, words = '']) => words);
  if (asked.length > 0) return asked;
  return /^\s*<[a-z_]+>/.test(said) || said.trim() === '' ? [] : [said.trim()];
}
