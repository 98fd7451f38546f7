import { stamp } from '../evidence/moment.ts';
import { PassageReader, unitOf } from '../evidence/passages.ts';
import type { DocumentState } from '../journal/documentState.ts';
import type { JournalEvent } from '../journal/event.ts';
import type { JournalReader } from '../journal/reader.ts';
import type { Replay } from '../journal/replay.ts';
import { handOf } from '../provenance/origin.ts';
import type { FoundSpan } from '../provenance/origins.ts';
import type { LabelFacts, LabelTool } from '../rights/labelFacts.ts';
import { toolName } from '../rights/toolNames.ts';

type LabelEvent = Extract<JournalEvent, { kind: 'label' }>;
interface Asked {
  readonly agent: string;
  readonly model?: string;
}

/** Half-open, in UTF-16 code units. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

/** What a journal knows of the texts that are to be labelled. Valid while its reader is open. */
export class LabelRecord {
  readonly state: Replay;
  readonly id: string;
  readonly #reader: JournalReader;
  /** By document, its last. */
  readonly #labels = new Map<number, LabelEvent>();
  readonly #edits = new Map<string, Asked>();
  /** Edits that a resolution rests on, by its sequence. */
  readonly #rests = new Map<number, readonly string[]>();

  constructor(reader: JournalReader) {
    this.#reader = reader;
    this.id = reader.id;
    this.state = reader.replay();
    for (const event of reader.events()) {
      if (event.kind === 'label') this.#labels.set(event.document, event);
      else if (event.kind === 'agentEdit') this.#edits.set(event.id, event);
      else if (event.kind === 'resolution' && event.edits) this.#rests.set(event.sequence, event.edits);
    }
  }

  lastLabel({ document }: DocumentState): LabelEvent | undefined {
    return this.#labels.get(document);
  }

  /** `without`: what is of a label of ours, in order. */
  factsOf({ content, path = '' }: DocumentState, without: readonly Range[]): LabelFacts {
    const all = content.text.toString();
    const kept = gaps(all.length, without);
    const text = kept.map(({ from, to }) => all.slice(from, to)).join('');
    const passages = new PassageReader(text, unitOf(path));
    const counts = { human: 0, machine: 0, mechanical: 0, open: 0 };
    const tools = new Map<string, LabelTool>();
    let unnamed = 0;
    let at = 0;
    for (const { from, to } of kept) {
      for (const run of this.state.origins.walk(content.provenance.slice(from, to))) {
        const end = at + run.length;
        const { origin, act, serial } = run;
        const hand = handOf(origin.kind);
        const of = hand === 'outside' || hand === 'earlier' || hand === 'unknown' ? 'open' : hand;
        const own = characters(text, at, end);
        counts[of] += own;
        const known = hand === 'machine' ? this.#toolsOf(run) : [];
        for (const tool of known) tools.set(`${tool.name}\0${tool.model}`, tool);
        if (hand === 'machine' && known.length === 0) unnamed += own;
        passages.add({ from: at, to: end, serial, origin, act, each: false, placing: undefined });
        at = end;
      }
    }
    const { total, hands } = passages.end();
    return {
      machine: counts.machine,
      human: counts.human,
      open: counts.open,
      passages: total - hands.mechanical,
      machinePassages: hands.machine,
      unnamed,
      tools: [...tools].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, tool]) => tool),
    };
  }

  /** The event that made the newest character of a text without its label, and when; undefined: it has none. */
  newest({ content }: DocumentState, without: readonly Range[]): { record: string; date: string } | undefined {
    let newest = -1;
    for (const { from, to } of gaps(content.length, without))
      for (const { act, foundBy } of this.state.origins.walk(content.provenance.slice(from, to)))
        newest = Math.max(newest, act, foundBy);
    const event = newest < 0 ? undefined : this.#reader.events(newest, newest + 1).next().value;
    return event === undefined ? undefined : { record: `${this.id}:${newest}`, date: stamp(event) };
  }

  /** Who wrote what can be seen of it: `written`: a person or an AI some of it, as far as is known; `tool`: a tool all of it. */
  handIn({ content }: DocumentState, { from, to }: Range): 'written' | 'tool' | 'open' {
    const text = content.text.slice(from, to);
    let [at, open] = [0, false];
    for (const { length, origin } of this.state.origins.walk(content.provenance.slice(from, to))) {
      const seen = text.slice(at, at + length).trim() !== '';
      const hand = handOf(origin.kind);
      if (seen && (hand === 'human' || hand === 'machine')) return 'written';
      open ||= seen && hand !== 'mechanical';
      at += length;
    }
    return open ? 'open' : 'tool';
  }

  /** Whether there stands what others than a person put in after an event, or may have. */
  hasOthersSince({ content }: DocumentState, without: readonly Range[], sequence: number): boolean {
    for (const { from, to } of gaps(content.length, without))
      for (const { act, origin } of this.state.origins.walk(content.provenance.slice(from, to))) {
        const hand = handOf(origin.kind);
        if (act > sequence && hand !== 'human' && hand !== 'mechanical') return true;
      }
    return false;
  }

  #toolsOf({ origin, foundBy }: FoundSpan): LabelTool[] {
    const prompt = origin.prompt === undefined ? undefined : this.state.prompts.get(origin.prompt);
    const asked = prompt ? [prompt] : (this.#rests.get(foundBy) ?? []).flatMap(id => this.#edits.get(id) ?? []);
    return asked.map(({ agent, model }) => ({ name: toolName(agent), ...(model !== undefined && { model }) }));
  }
}

/** What lies between the ranges. */
function gaps(length: number, without: readonly Range[]): Range[] {
  const kept: Range[] = [];
  let at = 0;
  for (const { from, to } of without) {
    if (from > at) kept.push({ from: at, to: from });
    at = Math.max(at, to);
  }
  if (length > at) kept.push({ from: at, to: length });
  return kept;
}

/** Code points. */
function characters(text: string, from: number, to: number): number {
  let count = to - from;
  for (let at = from; at < to; at++) if ((text.charCodeAt(at) & 0xfc00) === 0xdc00) count--;
  return count;
}
