/** Stands for all tools: recording was paused. */
export const everyTool = '*';

/** A time in which a tool was not to be listened to: ms since 1970 UTC; `to` absent while it lasts. */
export interface Silence {
  readonly agent: string;
  readonly from: number;
  readonly to?: number;
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

  /** Whether the tool was listened to then. */
  heard(agent: string, time: number): boolean {
    return !this.#silencesOf(agent).some(({ from, to }) => time >= from && (to === undefined || time < to));
  }

  /** Since when the tool is listened to. */
  since(agent: string): number {
    return Math.max(this.#began, ...this.#silencesOf(agent).map(({ to }) => to ?? Number.POSITIVE_INFINITY));
  }

  #silencesOf(agent: string): readonly Silence[] {
    return [...(this.#of.get(agent) ?? []), ...(this.#of.get(everyTool) ?? [])];
  }
}
