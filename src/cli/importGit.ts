import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { type AgentEdit, type AgentRecords, noRecords, type Problem, type Prompt } from '../agents/agent.ts';
import { readTraceRecord, type TraceRecord } from '../agents/importing/agentTrace.ts';
import type { AttributedLines } from '../agents/importing/attributedLines.ts';
import { readGitAiNote } from '../agents/importing/gitAiNote.ts';
import { toolsNamed } from '../agents/importing/trailers.ts';
import { History } from '../git/history.ts';
import type { Batch } from './importRecords.ts';

const from = (name: string): Batch['from'] => ({ name, checked: 'documentation' });
/** Bytes of a file of traces that is read. */
const longest = 256 * 1024 * 1024;

/**
 * What the commits of a repository say of AI tools: one edit for each file of a commit that names one. A commit does not
 * say which words are the tool's, so these edits have no texts and explain nothing.
 */
export async function* historyOf(folder: string): AsyncGenerator<Batch> {
  const history = await History.of(folder);
  for await (const commits of history.commits()) {
    const edits = commits.flatMap(({ id, author, committer, authored, message, files }) =>
      toolsNamed(message, [author, committer]).flatMap(({ agent, model }) =>
        files.map((path, i): AgentEdit => {
          const about = { agent, conversation: `git-${id}`, time: milliseconds(authored), ...(model && { model }) };
          return { ...about, id: `${agent}:git-${id}:${id.slice(0, 12)}.${i + 1}`, file: join(history.top, path) };
        }),
      ),
    );
    if (edits.length > 0) yield { records: { ...noRecords, edits }, from: from('git') };
  }
}

/** What git-ai's notes attest: which lines of a commit's files a tool wrote. */
export async function* gitAiOf(folder: string): AsyncGenerator<Batch> {
  const history = await History.of(folder);
  for await (const { commit, text } of history.notes('ai')) {
    const note = readGitAiNote(text);
    if (typeof note === 'string') {
      yield { records: problem(`refs/notes/ai ${commit}`, 0, note), from: from('git-ai') };
      continue;
    }
    const time = milliseconds((await history.authored(commit)) ?? 0);
    const prompts = note.prompts.map(({ tool, message, time: asked = time, ...said }): Prompt => {
      return { ...said, id: `${tool}:${said.conversation}:git-ai.${message}`, agent: tool, time: asked };
    });
    const lines = note.lines.map(line => ({
      ...line,
      name: `git-ai.${commit.slice(0, 12)}.${line.key.replaceAll(':', '_')}`,
      time,
    }));
    yield { records: { ...noRecords, prompts, ...(await edited(history, commit, lines)) }, from: from('git-ai') };
  }
}

/** Agent Trace's records in a file, or in a folder (`.agent-trace`, or the one that has it). */
export async function* tracesOf(path: string): AsyncGenerator<Batch> {
  for (const file of await traceFiles(path)) {
    const [records, problems] = await tracesIn(file);
    if (problems.length > 0) yield { records: { ...noRecords, problems }, from: from('agent-trace') };
    let history: History | undefined;
    for (const { id, time, revision, lines } of records) {
      const named = lines.map(line => ({ ...line, name: `trace.${id}`, time }));
      if (named.length === 0) continue;
      history ??= await History.of(resolve(file, '..'));
      const found = await edited(history, revision, named);
      yield { records: { ...noRecords, ...found }, from: from('agent-trace') };
    }
  }
}

type Lines = AttributedLines & {
  readonly name: string;
  readonly time: number;
};

/** The lines as edits that put them in, with their text where the commit has it. */
async function edited(
  history: History,
  commit: string | undefined,
  all: readonly Lines[],
): Promise<Pick<AgentRecords, 'edits' | 'problems'>> {
  const texts = new Map<string, readonly string[] | undefined>();
  const edits: AgentEdit[] = [];
  for (const [i, { path, from: first, to, tool, conversation, model, name, time }] of all.entries()) {
    const key = path.replaceAll('\\', '/');
    if (!texts.has(key)) {
      const text = commit === undefined ? undefined : await history.file(commit, key);
      texts.set(key, text?.split('\n'));
    }
    const put = texts
      .get(key)
      ?.slice(first - 1, to)
      .join('\n');
    edits.push({
      id: `${tool}:${conversation}:${name}.${i + 1}`,
      agent: tool,
      conversation,
      time,
      file: resolve(history.top, path),
      ...(model && { model }),
      ...(put && { replaced: { old: '', new: put, all: false } }),
    });
  }
  const lost = [...texts].filter(([, text]) => text === undefined).map(([path]) => path);
  const problems = lost.map((path): Problem => ({ file: path, line: 0, message: 'its text is in no commit here' }));
  return { edits, problems };
}

async function traceFiles(path: string): Promise<readonly string[]> {
  if ((await stat(path)).isFile()) return [path];
  const inside = await stat(join(path, '.agent-trace')).catch(() => undefined);
  const folder = inside?.isDirectory() ? join(path, '.agent-trace') : path;
  const names = await readdir(folder, { recursive: true });
  return names
    .filter(name => /\.(?:jsonl|json)$/.test(name))
    .map(name => join(folder, name))
    .sort();
}

async function tracesIn(file: string): Promise<readonly [TraceRecord[], Problem[]]> {
  const { size } = await stat(file);
  if (size > longest) return [[], [{ file, line: 0, message: 'too long' }]];
  const [records, problems]: [TraceRecord[], Problem[]] = [[], []];
  const all = await readFile(file, 'utf8');
  const whole = parsed(all);
  const lines = whole === undefined ? all.split('\n') : [];
  const values =
    whole === undefined ? lines.map(line => (line.trim() === '' ? undefined : (parsed(line) ?? null))) : [whole].flat();
  for (const [i, value] of values.entries()) {
    if (value === undefined) continue;
    const record = readTraceRecord(value);
    if (typeof record === 'string') problems.push({ file, line: whole === undefined ? i + 1 : 0, message: record });
    else records.push(record);
  }
  return [records, problems];
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json) as unknown;
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function problem(file: string, line: number, message: string): AgentRecords {
  return { ...noRecords, problems: [{ file, line, message }] };
}

/** A commit may state any time at all. */
function milliseconds(seconds: number): number {
  return Number.isFinite(seconds) ? Math.min(Math.max(0, seconds), 253_402_300_799) * 1000 : 0;
}
