/** Beginnings of user messages that Codex itself writes for the model. */
const injected = [
  '<environment_context>',
  '<user_instructions>',
  '<permissions instructions>',
  '<turn_aborted>',
  '<user_shell_command>',
  '<user_action>',
  '<subagent_notification>',
  '<skill>',
  '<hook_prompt',
  '<goal_context>',
  '<model_switch>',
  '<INSTRUCTIONS>',
  '# AGENTS.md instructions for ',
  'Another language model started to solve this problem',
  'Warning: The maximum number of unified exec processes',
];
/** What the editor's extension and the desktop program put before the person's words. */
const wrapped = ['# Context from my IDE setup:', '# Files mentioned by the user:', '## My request for Codex:'];
const request = '## My request for Codex:';

/** The person's own words in a user message, or undefined where Codex wrote it. */
export function ownWords(message: string): string | undefined {
  const said = message.trim();
  if (said === '' || injected.some(start => said.startsWith(start))) return undefined;
  const from = wrapped.some(start => said.startsWith(start)) ? said.indexOf(request) : -1;
  if (from < 0) return said;
  return said.slice(from + request.length).trim() || undefined;
}
