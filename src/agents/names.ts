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
] as const;
