import { modelOf } from '../reading/model.ts';

/** An AI tool that a commit names as having had a part in it. Which words are the tool's, a commit does not say. */
export interface NamedTool {
  /** As readers name it, where there is one. */
  readonly agent: string;
  /** `vendor/model`, where it is named. */
  readonly model?: string;
  /** The line that names it, without e-mail addresses. */
  readonly said: string;
}

/** Tools by the names and addresses that they sign commits with, as their makers document them. */
const tools: readonly (readonly [agent: string, name: RegExp])[] = [
  ['claude-code', /\bclaude\b|noreply@anthropic\.com|claude\.(?:ai|com)\/(?:claude-)?code/i],
  ['aider', /\baider\b|aider\.chat/i],
  ['copilot', /\bcopilot\b/i],
  ['cursor', /\bcursor(?:\s?agent)?\b|cursoragent@cursor\.com/i],
  ['codex', /\bcodex\b|noreply@openai\.com/i],
  ['gemini', /\bgemini\b|\bjules\b/i],
  ['windsurf', /\bwindsurf\b|\bcascade@/i],
  ['cline', /\bcline\b/i],
  ['roo', /\broo\s?code\b|\broomote\b/i],
  ['kilo', /\bkilo\s?code\b/i],
  ['opencode', /\bopencode\b/i],
  ['amp', /\bamp\b|amp@ampcode\.com/i],
  ['droid', /\bfactory-droid\b|\bdroid\b/i],
  ['continue', /\bcontinue\.dev\b|\bcontinue agent\b/i],
  ['devin', /\bdevin\b/i],
  ['goose', /\bgoose\b/i],
  ['chatgpt', /\bchatgpt\b|\bgpt-\d/i],
];

/** Trailers (git-interpret-trailers(1)) that name who had a part; tools' own lines such as `Generated with [Claude Code](…)`. */
const trailer =
  /^[ \t>*-]{0,8}(?:co-authored-by|assisted-by|ai-assisted-by|generated-by|generated-with|made-with|co-developed-by)[ \t]*:[ \t]*(\S.{0,400})$/i;
const line = /^\W{0,12}(?:Generated|Made|Written|Created)[ \t]+(?:with|by)[ \t]+(\[?\p{Lu}.{0,200})$/u;

/** Tools that a commit's message, author or committer name, each once. A person may have the name of a tool: see `isPerson`. */
export function toolsNamed(message: string, signers: readonly string[] = []): readonly NamedTool[] {
  const found = new Map<string, NamedTool>();
  const add = (agent: string | undefined, said: string, model?: string) => {
    if (agent !== undefined && !found.has(agent))
      found.set(agent, { agent, ...(model && { model }), said: plain(said) });
  };
  for (const text of message.split(/\r?\n/).slice(-200)) {
    const named = trailer.exec(text)?.[1] ?? line.exec(text)?.[1];
    if (named !== undefined && !isPerson(named)) add(toolOf(named), text.trim(), modelIn(named));
  }
  // Aider signs as the person, with its own name behind theirs (`--attribute-author`).
  for (const signer of signers) if (/\(aider\)$/i.test(signer.trim())) add('aider', signer);
  return [...found.values()];
}

function toolOf(named: string): string | undefined {
  return tools.find(([, name]) => name.test(named))?.[0];
}

/** Someone whose name has a word before or behind a tool's (`Claude Monet`), at an address that is no tool's. */
function isPerson(named: string): boolean {
  const [, name = '', address] = /^(.*?)\s*<([^>]*)>/.exec(named) ?? [];
  if (address === undefined) return false;
  const ofTool = /noreply|no-reply|bot\b|\[bot\]|agent|anthropic|openai|aider\.chat|ampcode|cursor|devin|copilot/i;
  return !ofTool.test(address) && !/^(?:aider|copilot|cursor|codex)\b/i.test(name);
}

/** `aider (gpt-4o)`, `Claude Opus 4.5`, `Claude Code:claude-opus-4-5`. */
function modelIn(named: string): string | undefined {
  const inside = /\(([\w./:-]{3,80})\)/.exec(named)?.[1];
  const behind = /:\s*((?:claude|gpt|o\d|gemini|grok|qwen|deepseek)[\w.-]{2,60})/i.exec(named)?.[1];
  const spoken = /\bclaude[ -](opus|sonnet|haiku)[ -]?(\d+(?:\.\d+)?)?/i.exec(named);
  const said = inside ?? behind ?? (spoken ? ['claude', spoken[1], spoken[2]].filter(Boolean).join('-') : undefined);
  return said === undefined || /^https?:/.test(said) ? undefined : modelOf(said.toLowerCase());
}

/** Addresses are not taken. */
function plain(said: string): string {
  return said.replace(/\s*<[^>]*>/g, '').slice(0, 300);
}
