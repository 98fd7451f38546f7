import type { AgentEdit } from '../../../../src/agents/agent.ts';
import type { Match, OutsideChange } from '../../../../src/agents/matching/match.ts';
import { plainDigest } from '../../../../src/agents/plainText.ts';
import { align } from '../../../../src/text/diff.ts';

export const path = '/work/a.md';
export const minute = 60_000;

export function edit(
  id: string,
  before: string | null | undefined,
  after: string | undefined,
  more: Partial<AgentEdit> = {},
): AgentEdit {
  return {
    id,
    agent: 'agent',
    conversation: 'talk',
    time: 0,
    file: path,
    prompt: `prompt of ${id}`,
    ...(before === undefined ? {} : { before }),
    ...(after === undefined ? {} : { after }),
    ...more,
  };
}

/** A change as the journal would state it: new serials from `first` on for all that `align` inserts. */
export function change(act: number, before: string, after: string, more: { path?: string; time?: number } = {}) {
  let serial = act * 1000;
  let shift = 0;
  const fresh = align(before, after).flatMap(({ from, to, insert: { length } }) => {
    const placed = { length, serial, at: from + shift };
    serial += length;
    shift += length - (to - from);
    return length > 0 ? [placed] : [];
  });
  return {
    path,
    time: 0,
    act,
    before: plainDigest(before),
    after: plainDigest(after),
    fresh,
    beforeText: async () => before,
    afterText: async () => after,
    ...more,
  };
}

/** The text after, with a letter (the last of its edit's id) under each new character, `.` where it stays as found. */
export function picture(
  of: { act: number; fresh: readonly { length: number; serial: number }[] },
  found: readonly Match[],
): string {
  const letters = new Map<number, string>();
  for (const { act, ranges } of found) {
    if (act !== of.act) continue;
    for (const { spans, origin } of ranges) {
      for (const { length, serial } of spans) {
        for (let i = 0; i < length; i++) letters.set(serial + i, `${origin.prompt?.at(-1) ?? '?'}`);
      }
    }
  }
  return of.fresh
    .flatMap(({ length, serial }) => Array.from({ length }, (_, i) => letters.get(serial + i) ?? '.'))
    .join('');
}

export const kinds = (found: readonly Match[]) =>
  found.flatMap(match => match.ranges.map(({ origin }) => `${origin.kind} ${origin.basis} ${origin.rule}`));

/** The text after: what stayed plain, what is new in `[` `]` with the edit's letter where it is told, else in `{` `}`. */
export async function shown(of: OutsideChange, found: readonly Match[]): Promise<string> {
  const text = (await of.afterText?.()) ?? '';
  const letters = [...picture(of, found)];
  const marks = Array.from({ length: text.length }, () => '');
  for (const { at, length } of of.fresh) for (let i = 0; i < length; i++) marks[at + i] = letters.shift()!;
  let out = '';
  for (let at = 0; at < text.length; ) {
    const mark = marks[at]!;
    let end = at;
    while (end < text.length && marks[end] === mark) end++;
    const part = text.slice(at, end);
    out += mark === '' ? part : mark === '.' ? `{${part}}` : `[${mark}:${part}]`;
    at = end;
  }
  return out;
}
