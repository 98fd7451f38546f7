import type { FileAccount } from './account.ts';
import type { Chronicle } from './chronicle.ts';
import type { Flow } from './flow.ts';
import { stamp } from './moment.ts';
import { byCodeUnit } from './names.ts';

/** One prompt and what it led to. */
export interface PromptEntry {
  /** From 1, in the order of asking. */
  readonly number: number;
  readonly id: string;
  readonly agent: string;
  readonly conversation: string;
  readonly model: string | null;
  /** When it was asked, as the agent's record or the person says. */
  readonly asked: string;
  /** `record`: read from the agent's own record. `person`: written down by the person. */
  readonly by: 'record' | 'person';
  readonly event: string;
  readonly text: string;
  /** Characters ever inserted because of it, and those that still stand, each once. */
  readonly inserted: number;
  readonly retained: number;
  /** Where they stand: UTF-16 offsets. */
  readonly spans: readonly { readonly file: string; readonly from: number; readonly to: number }[];
}

/** All prompts that the journals know, whether or not anything of theirs was kept. */
export function registerOf(
  parts: readonly {
    readonly chronicle: Chronicle;
    readonly flow: Flow;
    readonly retained: ReadonlyMap<string, number>;
  }[],
  files: readonly FileAccount[],
): PromptEntry[] {
  const spans = new Map<string, { file: string; from: number; to: number }[]>();
  for (const file of files) {
    for (const { prompt, from, to } of file.spans) {
      if (prompt === undefined) continue;
      const key = `${file.journal} ${prompt}`;
      const list = spans.get(key);
      const last = list?.at(-1);
      if (list === undefined) spans.set(key, [{ file: file.path, from, to }]);
      else if (last?.file === file.path && last.to === from) last.to = to;
      else list.push({ file: file.path, from, to });
    }
  }
  return parts
    .flatMap(({ chronicle, flow, retained }) =>
      chronicle.kept.prompt.map(event => ({
        time: event.asked,
        entry: {
          id: event.id,
          agent: event.agent,
          conversation: event.conversation,
          model: event.model ?? null,
          asked: stamp({ time: event.asked, zone: event.zone }),
          by: event.by,
          event: `${chronicle.id}:${event.sequence}`,
          text: event.texts?.[0] ?? '',
          inserted: flow.prompts.get(event.id) ?? 0,
          retained: retained.get(event.id) ?? 0,
          spans: spans.get(`${chronicle.id} ${event.id}`) ?? [],
        },
      })),
    )
    .sort((a, b) => a.time - b.time || byCodeUnit(a.entry.id, b.entry.id))
    .map(({ entry }, rank) => ({ number: rank + 1, ...entry }));
}
