import { createHash } from 'node:crypto';
import type { AgentEdit } from './agent.ts';

/** Ids below this length count anew in every conversation (`call_0`), so they name no call by themselves. */
const SHORT = 16;

/**
 * The own part of an edit's id: the tool's id of the call, with what was done where that id is short, so that two
 * conversations never give the same one and a repeated history always does. `place`: one-based, of calls that change several; 0 else.
 */
export function callName(call: string, edit: Omit<AgentEdit, 'id' | 'agent'>, place = 0): string {
  // A colon would end the conversation's name.
  const own = call.replaceAll(':', '_');
  const name = own.length < SHORT ? `${own}-${digestOf(edit)}` : own;
  return place > 0 ? `${name}.${place}` : name;
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
