import type { AgentEdit } from '../agents/agent.ts';
import { plainDigest } from '../agents/plainText.ts';
import type { Act } from '../journal/append.ts';
import type { EventBody } from '../journal/event.ts';
import { align } from '../text/diff.ts';
import { stretchOf } from '../text/stretch.ts';

type Body = Extract<EventBody, { kind: 'agentEdit' }>;

/** An act that takes an edit in. */
export interface EditAct extends Act {
  readonly body: Body;
  readonly texts: readonly string[];
}

/**
 * The event of an edit that is imported. Where the record has the whole text before and after, the lines that differ are
 * kept and both digests: a tool that writes a file whole says much each time and changes little, and every word that is
 * kept is hashed.
 */
export function editAct(edit: AgentEdit, path: string): EditAct {
  const { id, agent, conversation, time: made, prompt, model, before, after, of } = edit;
  const { completion, unchecked, elsewhere, replaced } = edit;
  const { texts, ...given } = textsOf(edit);
  const body: Body = {
    kind: 'agentEdit',
    id,
    agent,
    conversation,
    made,
    path,
    ...(prompt !== undefined && { prompt }),
    ...(model !== undefined && { model }),
    ...(before !== undefined && { beforeDigest: plainDigest(before ?? '') }),
    ...(after !== undefined && { afterDigest: plainDigest(after) }),
    ...(of !== undefined && { of }),
    ...given,
    // Of whole texts no replacement is kept as it was asked for.
    ...(replaced?.all && (before === undefined || after === undefined) && { everywhere: true as const }),
    ...(completion && { completion }),
    ...(unchecked && { unchecked }),
    ...(elsewhere && { elsewhere }),
    reconstructed: true,
  };
  return { body, texts };
}

type Given = Pick<Body, 'gives' | 'brings' | 'everywhere'> & Pick<EditAct, 'texts'>;

function textsOf({ before, after, replaced }: AgentEdit): Given {
  if (after === undefined && replaced)
    return { ...gives('replaced', replaced.old, replaced.new), ...(replaced.all && { everywhere: true }) };
  if (after === undefined) return gives('none');
  if (before === undefined) {
    if (!replaced) return gives('after', after);
    // A file that was written whole is not kept twice.
    const isWhole = replaced.old === '' && replaced.new === after;
    return isWhole ? gives('both', after) : gives('both', after, replaced.old, replaced.new);
  }
  const old = before ?? '';
  const { from, to, newTo } = stretchOf(old, after);
  const differ = [old.slice(from, to), after.slice(from, newTo)] as const;
  if (differ[0].length + differ[1].length < after.length) return gives('replaced', ...differ);
  return { ...gives('after', after), brings: broughtBy(old, after) };
}

function gives(what: Body['gives'], ...texts: readonly string[]) {
  return { gives: what, texts };
}

/** Where the text after has what the edit put in: half-open, in order. */
function broughtBy(before: string, after: string): NonNullable<Body['brings']> {
  let shift = 0;
  return align(before, after).flatMap(({ from, to, insert: { length } }) => {
    const at = from + shift;
    shift += length - (to - from);
    return length > 0 ? [[at, at + length] as const] : [];
  });
}
