import { Commits } from './commits.ts';
import { type Echoed, HeardEchoes } from './echoed.ts';
import type { EventKind } from './event.ts';
import type { JournalProblem } from './problem.ts';
import { isOfPrompts } from './promptKinds.ts';
import { inStop, type Stop, steer } from './stops.ts';
import type { WireListener } from './wire.ts';

export { type Subscription, subscribe } from './subscription.ts';

/** What a writer hears from its worker without having asked, and who wants to know. */
export class Heard implements WireListener {
  readonly commits = new Commits();
  readonly echoes = new HeardEchoes();
  /** Undefined until it was said. */
  records: boolean | undefined;
  #stops: Stop[] | undefined;
  readonly onCommitted = new Set<(ordinal: number, sequence: number, count: number) => void>();
  readonly onProblem = new Set<(problem: JournalProblem) => void>();
  readonly onRecording = new Set<(recording: boolean) => void>();
  readonly onPrompts = new Set<() => void>();
  readonly onOver = new Set<(problem: JournalProblem) => void>();

  /** The journal as the worker found it. */
  begin({ recording, stops }: { readonly recording: boolean; readonly stops: readonly Stop[] }): void {
    this.records ??= recording;
    this.#stops = [...stops];
    steer(this.records, Date.now(), this.#stops);
  }

  /** Whether the person had recording stopped at a time (ms since 1970 UTC). */
  wasStopped(time: number): boolean {
    return inStop(this.#stops ?? [], time);
  }

  get stops(): readonly Stop[] {
    return this.#stops ?? [];
  }

  committed(ordinal: number, sequence: number, count: number): void {
    this.commits.add(ordinal, sequence, count);
    for (const listener of this.onCommitted) listener(ordinal, sequence, count);
  }

  /** An event was handed over. */
  handed(kind: EventKind): void {
    if (isOfPrompts(kind)) this.prompts();
  }

  echoed(found: Echoed): void {
    this.echoes.heard(found);
    this.prompts();
  }

  /** The journal says more of prompts, whoever wrote it. */
  prompts(): void {
    for (const listener of this.onPrompts) listener();
  }

  problem(problem: JournalProblem): void {
    for (const listener of this.onProblem) listener(problem);
  }

  over(problem: JournalProblem): void {
    for (const listener of this.onOver) listener(problem);
  }

  recording(recording: boolean): void {
    this.records = recording;
    if (this.#stops) steer(recording, Date.now(), this.#stops);
    for (const listener of this.onRecording) listener(recording);
  }
}
