/** AI tools as their makers write them, by the names that the record has of them. They are the same in every language. */
const names: Readonly<Record<string, string>> = {
  'claude-code': 'Claude Code',
  codex: 'Codex',
  copilot: 'Copilot',
  gemini: 'Gemini CLI',
  cursor: 'Cursor',
  windsurf: 'Windsurf',
  cline: 'Cline',
  roo: 'Roo Code',
  kilo: 'Kilo Code',
  continue: 'Continue',
  opencode: 'opencode',
  aider: 'Aider',
  amp: 'Amp',
  droid: 'Droid',
  pi: 'Pi',
  specstory: 'SpecStory',
  holograph: '@holograph',
};

/** A tool as people know it; one that a person named themselves, or that has no other name, as the record has it. */
export function toolName(agent: string): string {
  return Object.hasOwn(names, agent) ? names[agent]! : agent;
}
