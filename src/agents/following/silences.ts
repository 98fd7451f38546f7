import { readFileSync } from 'node:fs';
import { fields, list } from '../reading/json.ts';

/** Stands for all tools: recording was paused. */
export const everyTool = '*';

/** A time in which a tool was not to be listened to: ms since 1970 UTC; `to` absent while it lasts. */
export interface Silence {
  readonly agent: string;
  readonly from: number;
  readonly to?: number;
}

/** Below a journal's folder. */
export const silencesFile = 'silences.json';

/** What such a file holds; undefined where it is not there, or not whole. */
export function silencesIn(file: string): readonly Silence[] | undefined {
  try {
    return list(fields(JSON.parse(readFileSync(file, 'utf8')))?.silences).flatMap(silenceIn);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}

function silenceIn(value: unknown): Silence[] {
  const { agent, from, to } = fields(value) ?? {};
  if (typeof agent !== 'string' || typeof from !== 'number') return [];
  return to === undefined || typeof to === 'number' ? [{ agent, from, ...(to !== undefined && { to }) }] : [];
}

/** When each tool was not to be listened to. Plain data that the journal tells. */
export class Silences {
  readonly #of = new Map<string, Silence[]>();
  readonly #began: number;

  /** `began`: nothing of before is taken, of any tool: recording began. */
  constructor(all: readonly Silence[], began: number) {
    this.#began = began;
    for (const silence of all) {
      const own = this.#of.get(silence.agent);
      if (own) own.push(silence);
      else this.#of.set(silence.agent, [silence]);
    }
  }

  /** Whether the tool was switched on then. Whether recording was paused the journal knows, to the millisecond. */
  heard(agent: string, time: number): boolean {
    return !this.#of.get(agent)?.some(({ from, to }) => time >= from && (to === undefined || time < to));
  }

  /** Since when the tool is listened to: switched on, and recording not paused. */
  since(agent: string): number {
    const all = [...(this.#of.get(agent) ?? []), ...(this.#of.get(everyTool) ?? [])];
    return Math.max(this.#began, ...all.map(({ to }) => to ?? Number.POSITIVE_INFINITY));
  }
}
