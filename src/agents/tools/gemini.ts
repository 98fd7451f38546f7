import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { Agent, AgentReader, AgentRecords, Problem } from '../agent.ts';
import { callName, messageName } from '../reading/callName.ts';
import { pathAt } from '../reading/effect.ts';
import { Gathering } from '../reading/gathering.ts';
import { HeldPrompt } from '../reading/heldPrompt.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { JsonFile } from '../reading/jsonFile.ts';
import { JsonLines, type Visitor } from '../reading/jsonl.ts';
import { homeOf, type Machine } from '../reading/machine.ts';
import { modelOf } from '../reading/model.ts';
import { geminiEffect } from './geminiEdit.ts';

/**
 * Gemini CLI: `tmp/<project>/chats/session-*.json`, in newer versions `.jsonl`, under `GEMINI_CLI_HOME/.gemini` or
 * `~/.gemini`; the project is the SHA-256 of its folder or a name from `projects.json`. Sources: samples of both
 * forms, without results of calls; google-gemini/gemini-cli `core/src/services/chatRecordingService.ts`. A rewinding (`$rewindTo`) does not say
 * whether the files were brought back too, so it decides nothing.
 */
export const gemini: Agent = {
  name: 'gemini',
  checked: 'samples',
  versions: 'records of 2025 and 2026, whole and by lines',
  places(folder, machine) {
    const home = join(machine.env.GEMINI_CLI_HOME || homeOf(machine), '.gemini');
    const projects = new Set<string>();
    for (let at = folder; ; at = dirname(at)) {
      const project = createHash('sha256').update(at).digest('hex');
      roots.set(project, at);
      projects.add(project);
      if (dirname(at) === at) break;
    }
    for (const [root, name] of namedProjects(home, machine)) {
      if (inside(folder, root) || inside(root, folder)) projects.add(name);
    }
    return [...projects].map(project => join(home, 'tmp', project, 'chats'));
  },
  isRecord: file => /^session-.*\.jsonl?$/.test(basename(file)) || /^[^/\\]+[/\\][^/\\]+\.jsonl$/.test(file),
  reader: file => new GeminiReader(file),
};

/** Folders by the names of their projects, those above recorded ones too: what is asked there may be about others. */
const roots = new Map<string, string>();

/** Largest list of projects that is read (bytes). */
const LIST = 1_000_000;

/** Newer versions keep a short name for each folder. */
function namedProjects(home: string, machine: Machine): [string, string][] {
  const file = join(home, 'projects.json');
  try {
    if (statSync(file).size > LIST) return [];
    const named = Object.entries(fields(fields(JSON.parse(readFileSync(file, 'utf8')))?.projects) ?? {});
    const own = (root: string) => (machine.platform === 'win32' ? root.toLowerCase() : root);
    return named.flatMap(([root, name]) =>
      typeof name === 'string' && !/[/\\]|^\.+$/.test(name) ? [[own(root), name]] : [],
    );
  } catch (error) {
    // Not there, or just being written: the next look finds it. A name that is not known is no record.
    if (error instanceof Error) return [];
    throw error;
  }
}

function inside(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return below === '' || (below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below));
}

/** Beginnings of user messages that the tool writes for the model. */
const injected = [
  '<session_context>',
  'This is the Gemini CLI. We are setting up the context',
  '<state_snapshot>',
  "Here is the user's editor context",
  'I ran the following shell command:',
  'System: Please continue.',
  '[SYSTEM',
];
const files = '--- Content from referenced files ---';

class GeminiReader implements AgentReader, Visitor {
  readonly #file: string;
  readonly #whole: JsonFile | undefined;
  readonly #lines: JsonLines;
  readonly #found = new Gathering('gemini');
  readonly #held = new HeldPrompt(this.#found);
  #conversation: string | undefined;
  #folder: string | undefined;
  #subagent: boolean;
  #time = 0;

  constructor(file: string) {
    this.#file = file;
    this.#whole = file.endsWith('.json') ? new JsonFile(file) : undefined;
    this.#lines = new JsonLines(file);
    // A subagent's record lies in a folder of the conversation that started it.
    this.#subagent = basename(dirname(dirname(file))) === 'chats';
  }

  async read(): Promise<AgentRecords> {
    this.#folder ??= await rootOf(this.#file);
    const state = this.#whole ? await this.#readWhole(this.#whole) : await this.#lines.read(this);
    if (state === 'end') this.#held.giveOld();
    return this.#found.take(state === 'more');
  }

  async #readWhole(file: JsonFile): Promise<'end'> {
    const state = await file.read(this);
    const record = fields(state?.value);
    if (!state || !record) return 'end';
    this.#time = state.changed;
    this.#about(record);
    this.#held.forget();
    for (const message of list(record.messages)) this.#message(fields(message) ?? {}, true);
    return 'end';
  }

  line(value: unknown): 'stop' | undefined {
    const line = fields(value);
    if (!line) return undefined;
    const set = fields(line.$set);
    if (set) {
      this.#about(set);
      // The history as the tool has rewritten it for the model: its user messages are not new words of a person.
      for (const message of list(set.messages)) this.#message(fields(message) ?? {}, false);
    } else if (line.id !== undefined) this.#message(line, true);
    else if (line.sessionId !== undefined) this.#about(line);
    else if (line.$rewindTo === undefined) this.#problem('unknown record');
    return this.#found.full ? 'stop' : undefined;
  }

  problem(problem: Problem): void {
    this.#found.problem(problem);
  }

  restart(): void {
    this.#held.forget();
  }

  #about(record: Fields): void {
    this.#conversation ??= text(record.sessionId);
    if (record.kind !== 'subagent') return;
    this.#subagent = true;
    this.#folder ??= text(list(record.directories)[0]);
  }

  /** Messages are written again as they grow; each is taken once. */
  #message(message: Fields, original: boolean): void {
    const kind = text(message.type);
    this.#time = Date.parse(text(message.timestamp) ?? '') || this.#time;
    if (kind === 'gemini') this.#answer(message);
    else if (kind === 'user') {
      const said = original && !this.#subagent ? ownWords(message) : undefined;
      const folder = this.#folder === undefined ? {} : { folder: this.#folder };
      if (said !== undefined) this.#held.hold({ ...this.#own(), text: said, ...folder }, this.#name(message));
    } else if (kind !== 'info' && kind !== 'error' && kind !== 'warning') this.#problem('unknown kind of message');
  }

  #answer(message: Fields): void {
    const named = modelOf(text(message.model));
    this.#held.give(named);
    const about = { ...this.#own(), ...(named === undefined ? {} : { model: named }), ...this.#held.asked };
    if (about.prompt !== undefined)
      this.#found.answer({ ...about, text: partsOf(message.content).join('') }, this.#name(message));
    for (const call of list(message.toolCalls).map(fields)) {
      const effect = call && geminiEffect(call);
      const id = text(call?.id);
      if (!effect) continue;
      const time = Date.parse(text(call?.timestamp) ?? '') || about.time;
      // The samples have no whole texts.
      const unchecked = 'before' in effect && { unchecked: true as const };
      const edit = { ...about, time, ...effect, file: pathAt(this.#folder, effect.file), ...unchecked };
      this.#found.edit(edit, callName(id ?? text(message.id) ?? '', edit));
    }
  }

  #name(message: Fields): string | undefined {
    return messageName(text(message.id), this.#own().conversation);
  }

  #own(): { readonly conversation: string; readonly time: number } {
    this.#conversation ??= basename(this.#file).replace(/\.jsonl?$/, '');
    return { conversation: this.#conversation, time: this.#time };
  }

  #problem(message: string): void {
    this.#found.problemOnce({ file: this.#file, line: 0, message });
  }
}

/** The folder of the project, which newer versions write down beside `chats`; older ones name the project by its digest. */
async function rootOf(file: string): Promise<string | undefined> {
  for (let [at, up] = [dirname(file), 0]; up < 3; up++, at = dirname(at)) {
    if (basename(at) !== 'chats') continue;
    const project = dirname(at);
    // A missing or unreadable note: the name tells.
    const root = await readFile(join(project, '.project_root'), 'utf8').catch(() => '');
    return isAbsolute(root.trim()) ? root.trim() : roots.get(basename(project));
  }
  return undefined;
}

/** The person's own words: without the contents of files that the tool put behind them. */
function ownWords(message: Fields): string | undefined {
  const parts = partsOf(message.displayContent ?? message.content);
  const end = parts.findIndex(part => part.includes(files));
  const said = (end < 0 ? parts : [...parts.slice(0, end), parts[end]!.slice(0, parts[end]!.indexOf(files))])
    .join('')
    .trim();
  return said === '' || injected.some(start => said.startsWith(start)) ? undefined : said;
}

/** Texts of a content; thoughts are no words to the person, and results of calls are none of either. */
function partsOf(content: unknown): string[] {
  if (typeof content === 'string') return [content];
  const parts = Array.isArray(content) ? content : [content];
  return parts.flatMap(part => {
    if (typeof part === 'string') return [part];
    const own = fields(part)?.thought === true ? undefined : text(fields(part)?.text);
    return own === undefined ? [] : [own];
  });
}
