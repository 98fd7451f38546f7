import type { Agent } from './agent.ts';
import { aider } from './aider.ts';
import { claudeCode } from './claudeCode.ts';
import { copilotCli } from './copilotCli.ts';
import { copilotTranscript } from './copilotTranscript.ts';

/** All AI tools whose records can be read. */
export const agents: readonly Agent[] = [claudeCode, aider, copilotTranscript, copilotCli];
