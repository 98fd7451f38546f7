import type { Agent } from './agent.ts';
import { agentHost } from './agentHost.ts';
import { aider } from './aider.ts';
import { amp, ampFileChanges } from './amp.ts';
import { claudeCode } from './claudeCode.ts';
import { cline, kilo, roo } from './cline.ts';
import { codex } from './codex.ts';
import { continueCompletions } from './continueCompletions.ts';
import { continueDev } from './continueDev.ts';
import { copilotChat, copilotEdits } from './copilotChat.ts';
import { copilotCli } from './copilotCli.ts';
import { copilotOtel } from './copilotOtel.ts';
import { copilotTranscript } from './copilotTranscript.ts';
import { cursor } from './cursor.ts';
import { droid } from './droid.ts';
import { gemini } from './gemini.ts';
import { opencode } from './opencode.ts';
import { pi } from './pi.ts';
import { specstory } from './specstory.ts';
import { windsurf } from './windsurf.ts';

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
