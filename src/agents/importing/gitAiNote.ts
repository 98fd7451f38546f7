import type { Prompt } from '../agent.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { modelOf } from '../reading/model.ts';
import type { AttributedLines } from './attributedLines.ts';

/** Lines that a note attests. */
export interface AttestedLines extends AttributedLines {
  /** Names this place in the note. */
  readonly key: string;
}

export interface GitAiNote {
  readonly lines: readonly AttestedLines[];
  /** What the person asked; notes of git-ai before 1.3.4 have it. Without ids: `conversation` and `message` make one. */
  readonly prompts: readonly (Pick<Prompt, 'conversation' | 'text' | 'model'> & {
    readonly tool: string;
    readonly message: string;
    /** Ms since 1970 UTC; absent where the note has none. */
    readonly time?: number;
  })[];
}

/** Lines of one note at most. */
const most = 100_000;

/**
 * A note of git-ai (https://github.com/git-ai-project/git-ai, schema authorship/3.0.0): attested lines file by file,
 * `---`, and JSON that says whose the keys are. Lines of persons (`h_…`) are left out. A text says why it is none.
 */
export function readGitAiNote(note: string): GitAiNote | string {
  const cut = /^---\r?$/m.exec(note);
  if (cut === null) return 'no git-ai note';
  let about: Fields | undefined;
  try {
    about = fields(JSON.parse(note.slice(cut.index + cut[0].length)));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return 'no JSON';
  }
  const schema = text(about?.schema_version) ?? '';
  if (!/^authorship\/3\.\d+\.\d+$/.test(schema)) return `unknown version ${schema.slice(0, 40)}`;
  const [prompts, sessions] = [fields(about?.prompts) ?? {}, fields(about?.sessions) ?? {}];
  const owner = (key: string) => {
    const name = key.split('::', 1)[0]!;
    return toolIn(fields(fields(key.startsWith('s_') ? own(sessions, name) : own(prompts, name))?.agent_id), name);
  };
  return { lines: linesIn(note.slice(0, cut.index), owner), prompts: promptsIn(prompts) };
}

type Owner = Pick<AttestedLines, 'tool' | 'conversation' | 'model'>;

function linesIn(attested: string, owner: (key: string) => Owner | undefined): AttestedLines[] {
  const out: AttestedLines[] = [];
  let path = '';
  for (const line of attested.split(/\r?\n/)) {
    if (/^\S/.test(line)) path = line.replace(/^"(.*)"$/, '$1');
    const [, key, ranges] = /^\s+(\S+)\s+([\d,\s-]+)$/.exec(line) ?? [];
    if (key === undefined || path === '' || key.startsWith('h_')) continue;
    const of = owner(key);
    for (const range of of ? ranges!.split(',') : []) {
      const [, from, to = from] = /^\s*(\d+)(?:-(\d+))?\s*$/.exec(range) ?? [];
      if (from === undefined || out.length === most) continue;
      out.push({ path, from: Number(from), to: Number(to), key, ...of! });
    }
  }
  return out;
}

function promptsIn(prompts: Fields): GitAiNote['prompts'] {
  return Object.entries(prompts).flatMap(([name, value]) => {
    const of = toolIn(fields(fields(value)?.agent_id), name);
    if (of === undefined) return [];
    return list(fields(value)?.messages).flatMap((message, i) => {
      const { type, text: said, timestamp } = fields(message) ?? {};
      if (type !== 'user' || typeof said !== 'string' || said.trim() === '') return [];
      const time = Date.parse(text(timestamp) ?? '');
      return [{ ...of, text: said, message: `${name}.${i}`, ...(Number.isFinite(time) && { time }) }];
    });
  });
}

function toolIn(agent: Fields | undefined, name: string): Owner | undefined {
  const tool = text(agent?.tool)?.toLowerCase();
  if (tool === undefined || !/^[a-z][\w.-]{0,60}$/.test(tool)) return undefined;
  const model = modelOf(text(agent?.model));
  return { tool: toolName(tool), conversation: text(agent?.id) ?? name, ...(model !== undefined && { model }) };
}

/** As the readers name tools. */
function toolName(tool: string): string {
  const names: Readonly<Record<string, string>> = {
    claude: 'claude-code',
    'github-copilot': 'copilot',
    continue_cli: 'continue',
  };
  return own(names, tool) ?? tool;
}

function own<T>(of: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(of, name) ? of[name] : undefined;
}
