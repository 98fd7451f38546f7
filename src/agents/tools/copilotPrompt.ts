import { type Fields, text } from '../reading/json.ts';

/** Elements that Copilot puts around what the person wrote (source: microsoft/vscode, `mapSessionEvents`). */
const injected = [
  'reminder',
  'system_reminder',
  'system-reminder',
  'attachments',
  'attachment',
  'context',
  'editorContext',
  'reminderInstructions',
  'current_datetime',
  'environment_info',
  'workspace_info',
  'conversation-summary',
];
/** Elements that hold the person's words once more; alone, they are the words. */
const echoes = ['userRequest', 'user_query'];

/** What the editor puts before messages that it sends by itself (VS Code 1.139). */
const HIDDEN = '<!-- vscode-hidden-from-transcript -->';
/** Sources of messages that a person writes: here, or on GitHub's pages for a conversation that runs here. */
const persons = /^(user$|command-)/;
/** Sources of messages that the tool writes itself. */
const tools = /^(skill|agent|subagent|autopilot|system|hook|plan|compaction)/;

/** Whether it is known who writes messages of this source. */
export function isKnownSource(data: Fields): boolean {
  const source = sourceOf(data);
  return persons.test(source) || tools.test(source);
}

function sourceOf(data: Fields): string {
  return (text(data.source) || 'user').toLowerCase();
}

/**
 * What the person said in a `user.message`, or undefined: messages of skills, subagents and the autopilot are no
 * prompts, and elements that the tool put before or behind the words are left out.
 */
export function promptIn(data: Fields): string | undefined {
  if (!persons.test(sourceOf(data)) || data.isAutopilotContinuation === true) return undefined;
  // Another agent's task.
  if (text(data.parentAgentTaskId)) return undefined;
  const content = text(data.content) ?? '';
  if (content.startsWith(HIDDEN)) return undefined;
  const own = withoutInjected(content);
  return own === '' ? undefined : own;
}

/** Takes elements off both ends; inside the text they are the person's own words. */
export function withoutInjected(said: string): string {
  let left = said.trim();
  let echo = '';
  for (let before = ''; before !== left; ) {
    before = left;
    for (const name of [...injected, ...echoes]) {
      const taken = outer(left, name);
      if (!taken) continue;
      left = taken.rest;
      if (echoes.includes(name)) echo = taken.inner;
    }
  }
  return left === '' ? echo : left;
}

/** The element at one of the ends. */
function outer(of: string, name: string): { inner: string; rest: string } | undefined {
  const close = `</${name}>`;
  const open = new RegExp(`^<${name}(?:\\s[^<>]*)?>`).exec(of)?.[0];
  const end = open === undefined ? -1 : of.indexOf(close);
  if (open !== undefined && end >= 0) {
    return { inner: of.slice(open.length, end).trim(), rest: of.slice(end + close.length).trim() };
  }
  const start = of.endsWith(close) ? of.lastIndexOf(`<${name}>`) : -1;
  if (start < 0) return undefined;
  return { inner: of.slice(start + name.length + 2, -close.length).trim(), rest: of.slice(0, start).trim() };
}
