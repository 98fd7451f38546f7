import { createHash } from 'node:crypto';
import type { AgentEdit } from '../agent.ts';

/** Ids below this length count anew in every conversation (`call_0`), so they name no call by themselves. */
const SHORT = 16;
/** As do those that end with a number of their own (`functions.Edit:12`), whatever their length. */
const counted = /[^0-9A-Za-z]\d{1,3}$/;

/**
 * The own part of an edit's id: the tool's id of the call, with what was done where such ids count anew, so that two
 * conversations never give the same one and a repeated history always does. `place`: one-based, of calls that change several; 0 else.
 */
export function callName(call: string, edit: Omit<AgentEdit, 'id' | 'agent'>, place = 0): string {
  // A colon would end the conversation's name.
  const own = call.replaceAll(':', '_');
  const name = countsAnew(own) ? `${own}-${digestOf(edit)}` : own;
  return place > 0 ? `${name}.${place}` : name;
}

/** Whether a tool gives the same id to calls of other conversations. */
export function countsAnew(call: string): boolean {
  return call.length < SHORT || counted.test(call);
}

/** Claude Code's ids are random but where it runs another vendor's model. */
export function claudeCall(call: string, edit: Omit<AgentEdit, 'id' | 'agent'>, place = 0): string {
  if (!call.startsWith('toolu_') && counted.test(call)) return callName(call, edit, place);
  return `${call.replaceAll(':', '_')}${place > 0 ? `.${place}` : ''}`;
}

/** The own part of a message's id: the tool's id of it, with the conversation's where it is short. */
export function messageName(message: string | undefined, conversation: string): string | undefined {
  if (message === undefined) return undefined;
  return (message.length < SHORT ? `${conversation}.${message}` : message).replaceAll(':', '_');
}

function digestOf({ file, before, after, replaced }: Omit<AgentEdit, 'id' | 'agent'>): string {
  const hash = createHash('sha256');
  for (const part of [file, before, after, replaced?.old, replaced?.new])
    hash.update(`${part?.length ?? -1}\n${part ?? ''}`);
  return hash.digest('hex').slice(0, 16);
}
