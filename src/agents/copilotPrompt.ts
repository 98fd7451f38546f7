import { type Fields, text } from './json.ts';

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

/**
 * What the person said in a `user.message`, or undefined: messages of skills, subagents and the autopilot are no
 * prompts, and elements that the tool put before or behind the words are left out.
 */
export function promptIn(data: Fields): string | undefined {
  const source = text(data.source);
  if (source !== undefined && source !== '' && source.toLowerCase() !== 'user') return undefined;
  if (data.isAutopilotContinuation === true) return undefined;
  const own = withoutInjected(text(data.content) ?? '');
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
