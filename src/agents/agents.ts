import type { Agent } from './agent.ts';
import { claudeCode } from './claudeCode.ts';

/** All AI tools whose records can be read. */
export const agents: readonly Agent[] = [claudeCode];
