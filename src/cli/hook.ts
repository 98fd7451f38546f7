import { realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import { type AgentRecords, noRecords } from '../agents/agent.ts';
import { Silences, silencesFile, silencesIn } from '../agents/following/silences.ts';
import { type HookAgent, hookAgentOf, hookFolder, hookRecords, isHookAgent } from '../agents/hooks/hookRecords.ts';
import { leave, spoolOf, unsortedSpool } from '../agents/hooks/hookSpool.ts';
import { storesOf } from '../agents/names.ts';
import { type Fields, fields } from '../agents/reading/json.ts';
import { withoutSecrets } from '../agents/withoutSecrets.ts';
import { type ConsentedFolder, consentedFolders } from '../journal/consentedFolders.ts';
import { dataHome, journalFolder } from '../journal/home.ts';
import type { Command } from './command.ts';

/** Bytes of a payload that are read; of what is longer only that it came is kept. */
const longest = 32 * 1024 * 1024;
/** Milliseconds that a payload is waited for. */
const patience = 5000;
const [quote, backslash] = [0x22, 0x5c];

export interface HookIo {
  readonly stdin: NodeJS.ReadableStream;
  readonly stdout: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
}

/**
 * `holograph hook AGENT`, which the hooks of AI tools call: reads what the tool says from standard input, keeps of it
 * what concerns a folder that is recorded, and answers the tool that it may go on. Whatever happens, the exit code is 0
 * and nothing is said on standard error: a tool is never hindered.
 */
export const hookCommand: Command = {
  name: 'hook',
  usage: 'AGENT',
  about: 'help.hook',
  options: {},
  async run({ io, paths }) {
    await receive(paths[0] ?? '', { stdin: process.stdin, stdout: io.stdout, env: io.env, cwd: io.cwd });
    return 0;
  },
};

/** One call of a hook. Never throws. */
export async function receive(agent: string, io: HookIo): Promise<void> {
  let answer = '';
  try {
    const bytes = await read(io.stdin);
    if (!isHookAgent(agent)) return;
    const payload = bytes === undefined ? undefined : parsed(bytes);
    answer = answerTo(agent, payload);
    if (bytes?.length === 0) return;
    const folder = (payload && hookFolder(payload)) ?? io.cwd;
    const of = payload === undefined ? agent : hookAgentOf(agent, payload);
    keep(of, recordsOf(agent, payload, bytes === undefined, io.cwd), dataHome(io.env), folder);
  } catch (error) {
    // The tool goes on; what was lost shows where its own log tells of it.
    if (!(error instanceof Error)) throw error;
  } finally {
    if (answer !== '') io.stdout.write(`${answer}\n`);
  }
}

/** What the tool waits to hear, in its own form: go on. */
function answerTo(agent: HookAgent, payload: Fields | undefined): string {
  if (agent === 'cursor') return payload?.hook_event_name === 'beforeSubmitPrompt' ? '{"continue":true}' : '{}';
  if (agent === 'cline') return '{"cancel":false}';
  return agent === 'gemini' ? '{}' : '';
}

/** What cannot be read is told of without its words: they may concern another folder. */
function recordsOf(agent: HookAgent, payload: Fields | undefined, cut: boolean, cwd: string): AgentRecords {
  if (payload !== undefined) return hookRecords(agent, payload, Date.now(), cwd);
  return { ...noRecords, problems: [{ file: `hook ${agent}`, line: 0, message: cut ? 'too long' : 'no JSON' }] };
}

/** `at`: the folder in which the tool works. */
function keep(agent: HookAgent, told: AgentRecords, home: string, at: string): void {
  const records = withoutSecrets(told);
  const { prompts, answers, edits, problems } = records;
  if (prompts.length + answers.length + edits.length + problems.length === 0) return;
  let folders: readonly ConsentedFolder[];
  try {
    folders = consentedFolders(home);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // Which folders are recorded cannot be asked now: it is sorted out later, by who records them.
    leave(unsortedSpool(home), records, now());
    return;
  }
  for (const { folder, journal } of folders) {
    const own = concerning(folder, records, at);
    if (own && isHeard(agent, join(journalFolder(home, journal), silencesFile)))
      leave(spoolOf(home, folder), own, now());
  }
}

/** A tool that is switched off leaves nothing behind: only where all of its stores are. */
function isHeard(agent: string, file: string): boolean {
  const silences = new Silences(silencesIn(file) ?? [], 0);
  return storesOf(agent).some(store => silences.heard(store, Date.now()));
}

/** Milliseconds since 1970, with their fractions. */
function now(): number {
  return performance.timeOrigin + performance.now();
}

/** What of the records concerns a folder: edits of its files, what was asked and answered in it. */
function concerning(folder: string, records: AgentRecords, at: string): AgentRecords | undefined {
  const within = (path: string) => below(folder, path) || below(real(folder), real(path));
  const edits = records.edits.filter(({ file }) => within(file));
  const prompts = records.prompts.filter(prompt => within(prompt.folder ?? at));
  // Answers name no folder of their own.
  const answers = within(at) ? records.answers : [];
  const problems = within(at) ? records.problems : [];
  const any = edits.length + prompts.length + answers.length + problems.length > 0;
  return any ? { ...noRecords, prompts, answers, edits, problems } : undefined;
}

function below(folder: string, path: string): boolean {
  const [at, to] = process.platform === 'linux' ? [folder, path] : [folder.toLowerCase(), path.toLowerCase()];
  const way = relative(at, to);
  return isAbsolute(path) && (way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)));
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    // A file that is not there yet: its folder may be.
    return dirname(path) === path ? path : join(real(dirname(path)), basename(path));
  }
}

/** Undefined: longer than is read. Ends when the tool does, or has said nothing more for long. */
function read(stdin: NodeJS.ReadableStream): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    let size = 0;
    const end = () => resolve(size > longest ? undefined : Buffer.concat(parts));
    setTimeout(end, patience).unref();
    stdin.on('data', (part: Buffer | string) => {
      const bytes = typeof part === 'string' ? Buffer.from(part) : part;
      size += bytes.length;
      if (size <= longest) parts.push(bytes);
    });
    stdin.on('end', end).on('error', reject);
  });
}

/** Windsurf may leave control characters in its strings as they are, which JSON forbids. */
function parsed(bytes: Buffer): Fields | undefined {
  const said = bytes.toString('utf8').replace(/^\uFEFF/, '');
  for (const form of [said, escaped(said)]) {
    try {
      return fields(JSON.parse(form));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
    }
  }
  return undefined;
}

/** Control characters inside strings escaped; outside they are white space. */
function escaped(json: string): string {
  const out: string[] = [];
  let inside = false;
  let from = 0;
  for (let at = 0; at < json.length; at++) {
    const code = json.charCodeAt(at);
    if (inside && code === backslash) at++;
    else if (code === quote) inside = !inside;
    else if (inside && code < 0x20) {
      out.push(json.slice(from, at), `\\u${code.toString(16).padStart(4, '0')}`);
      from = at + 1;
    }
  }
  return out.join('') + json.slice(from);
}
