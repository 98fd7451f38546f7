import type { Agent } from './agent.ts';
import { agentHost } from './tools/agentHost.ts';
import { aider } from './tools/aider.ts';
import { amp, ampFileChanges } from './tools/amp.ts';
import { claudeCode } from './tools/claudeCode.ts';
import { cline, kilo, roo } from './tools/cline.ts';
import { codex } from './tools/codex.ts';
import { continueCompletions } from './tools/continueCompletions.ts';
import { continueDev } from './tools/continueDev.ts';
import { copilotChat, copilotEdits } from './tools/copilotChat.ts';
import { copilotCli } from './tools/copilotCli.ts';
import { copilotOtel } from './tools/copilotOtel.ts';
import { copilotTranscript } from './tools/copilotTranscript.ts';
import { cursor } from './tools/cursor.ts';
import { droid } from './tools/droid.ts';
import { gemini } from './tools/gemini.ts';
import { opencode } from './tools/opencode.ts';
import { pi } from './tools/pi.ts';
import { specstory } from './tools/specstory.ts';
import { windsurf } from './tools/windsurf.ts';

/** All AI tools whose records can be read. */
export const agents: readonly Agent[] = [
  claudeCode,
  codex,
  gemini,
  droid,
  amp,
  ampFileChanges,
  windsurf,
  pi,
  aider,
  copilotTranscript,
  copilotCli,
  specstory,
  continueDev,
  copilotChat,
  copilotEdits,
  opencode,
  agentHost,
  cline,
  kilo,
  roo,
  copilotOtel,
  cursor,
  continueCompletions,
];
