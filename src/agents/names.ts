/** The names of all AI tools whose records are followed, without their readers: what a session says that it listens to. */
export const agentNames = [
  'claude-code',
  'codex',
  'gemini',
  'droid',
  'amp',
  'amp-file-changes',
  'windsurf',
  'pi',
  'aider',
  'copilot-transcript',
  'copilot-cli',
  'continue',
  'copilot-chat',
  'copilot-edits',
  'agent-host',
  'copilot-otel',
  'opencode',
  'cline',
  'roo',
  'kilo',
  'cursor',
  'continue-completions',
] as const;

const copilots = ['copilot-transcript', 'copilot-cli', 'copilot-chat', 'copilot-edits', 'agent-host', 'copilot-otel'];

/** The names of the stores that tell of one tool's calls, by what its ids begin with. */
export function storesOf(tool: string): readonly string[] {
  return tool === 'copilot' ? copilots : [tool];
}
