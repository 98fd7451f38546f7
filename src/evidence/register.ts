import type { FileAccount } from './account.ts';
import type { CountedActs } from './acts.ts';
import type { Chronicle, EventOf } from './chronicle.ts';
import type { Flow } from './flow.ts';
import { type LoopStep, loopsOf, type Pair, replacedPairs } from './loops.ts';
import { stamp } from './moment.ts';
import { byCodeUnit } from './names.ts';
import { type AuthorNote, notesOf } from './promptNotes.ts';
import { type Outcome, Outcomes } from './promptOutcome.ts';
import type { PromptPassages } from './promptPassages.ts';
import type { Retained } from './retained.ts';
import { rewordingsOf } from './rewording.ts';
import { type Written, writtenOf } from './written.ts';

/** One prompt and what it led to. */
export interface PromptEntry extends Outcome {
  /** From 1, in the order of asking. */
  readonly number: number;
  readonly id: string;
  readonly agent: string;
  readonly conversation: string;
  readonly model: string | null;
  /** When it was asked, as the agent's record or the person says. */
  readonly asked: string;
  /**
   * `record`: read from the agent's own record. `person`: written down by the person. `import`: taken in afterwards from a
   * record that was given.
   */
  readonly by: 'record' | 'person' | 'import';
  /** Secrets in its text that were withheld when it was recorded: ▮ stands for each of their characters; absent: none. */
  readonly withheld?: number;
  readonly event: string;
  readonly text: string;
  /** Where it was written, if that is known. */
  readonly written: Written | null;
  /** The earlier prompt of its conversation that it says most of again, and the words that it changed. */
  readonly rewords: Reworded | null;
  /** Its place in a chain of prompts that work on one passage. */
  readonly loop: LoopStep | null;
  /** What the author says of it. */
  readonly note: AuthorNote | null;
  /** Whether the author wants it protected as a work of their own. */
  readonly protect: 'yes' | 'no' | 'undecided';
  /** Where what it led to stands: UTF-16 offsets. */
  readonly spans: readonly { readonly file: string; readonly from: number; readonly to: number }[];
}

export interface Reworded {
  readonly number: number;
  readonly id: string;
  /** In order; empty: the same words again. */
  readonly changes: readonly { readonly removed: string; readonly added: string }[];
  /** Changes beyond those that are listed. */
  readonly more: number;
}

/** What the register is made of, of one journal. */
export interface RegisterPart {
  readonly chronicle: Chronicle;
  readonly flow: Flow;
  readonly retained: Retained;
  readonly prompted: readonly PromptPassages[];
  readonly acts: Pick<CountedActs, 'prompts'>;
}

/** All prompts that the journals know, whether or not anything of theirs was kept. */
export function registerOf(parts: readonly RegisterPart[], files: readonly FileAccount[]): PromptEntry[] {
  const asked = parts
    .flatMap(part => part.chronicle.kept.prompt.map(event => ({ part, event })))
    .sort((a, b) => a.event.asked - b.event.asked || byCodeUnit(a.event.id, b.event.id))
    .map((one, rank) => ({ ...one, number: rank + 1 }));
  if (asked.length === 0) return [];
  const spans = spansOf(files);
  const numbers = new Map(asked.map(({ event, number }) => [event.id, number]));
  const rewordings = rewordingsOf(asked.map(({ event }) => worded(event)));
  const outcomes = new Map(parts.map(part => [part, new Outcomes(part)]));
  const loops = loopsOf(
    asked.map(({ event: { id, ...event }, number }) => ({ id, number, conversation: conversationOf(event) })),
    pairs(parts, rewordings, id => [...outcomes.values()].some(of => of.led(id))),
  );
  const notes = notesOf(parts.map(({ chronicle }) => chronicle));
  return asked.map(({ part, event, number }) => {
    const { chronicle } = part;
    const rewording = rewordings.get(event.id);
    const { note, protect } = notes.get(event.id) ?? { note: null, protect: 'undecided' as const };
    return {
      number,
      id: event.id,
      agent: event.agent,
      conversation: event.conversation,
      model: event.model ?? null,
      asked: stamp({ time: event.asked, zone: event.zone }),
      by: event.by,
      ...(event.withheld !== undefined && { withheld: event.withheld }),
      event: `${chronicle.id}:${event.sequence}`,
      text: event.texts?.[0] ?? '',
      written: writtenOf(chronicle, event),
      rewords: rewording === undefined ? null : reworded(rewording, numbers.get(rewording.of)!),
      ...outcomes.get(part)!.of(event.id),
      loop: loops.get(event.id) ?? null,
      note,
      protect,
      spans: spans.get(`${chronicle.id} ${event.id}`) ?? [],
    };
  });
}

function reworded({ of: id, changes, more }: { of: string } & Omit<Reworded, 'number' | 'id'>, number: number) {
  return { number, id, changes, more };
}

function worded(event: EventOf<'prompt'>) {
  return { id: event.id, conversation: conversationOf(event), text: event.texts?.[0] ?? '' };
}

/** Of all tools and conversations one string each. */
function conversationOf({ agent, conversation }: Pick<EventOf<'prompt'>, 'agent' | 'conversation'>): string {
  return JSON.stringify([agent, conversation]);
}

/** Prompts that have to do with one passage; `led`: whether a prompt was followed by an output. */
function* pairs(
  parts: readonly RegisterPart[],
  rewordings: ReadonlyMap<string, { readonly of: string }>,
  led: (id: string) => boolean,
): Generator<Pair> {
  for (const { chronicle, prompted } of parts) {
    yield* replacedPairs(chronicle);
    for (const { neighbours } of prompted) yield* neighbours;
  }
  for (const [id, { of }] of rewordings) if (led(of) && led(id)) yield [of, id];
}

/** Where each prompt's text stands, by journal and id. */
function spansOf(files: readonly FileAccount[]): ReadonlyMap<string, PromptEntry['spans']> {
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
  return spans;
}
