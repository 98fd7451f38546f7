import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { everyTool, type Silence, silencesIn } from './agents/following/silences.ts';

/** Times that are kept; the oldest go first. */
const most = 5000;

/**
 * When AI tools were not to be listened to about one recorded folder: switched off, or recording was paused. Kept in a file
 * of its own beside the journal, which says the same in gaps: what was asked then is not taken later either, in whatever
 * session. Mutable.
 */
export class AgentSilences {
  readonly #file: string;
  readonly #now: () => number;
  readonly #failed: (error: unknown) => void;
  #all: readonly Silence[];

  constructor(file: string, failed: (error: unknown) => void, now: () => number = Date.now) {
    this.#file = file;
    this.#failed = failed;
    this.#now = now;
    this.#all = this.#kept();
  }

  get all(): readonly Silence[] {
    return this.#all;
  }

  /** From now on these are silent, and no others; `everyTool` among them: all are. */
  set(silent: readonly string[]): void {
    const time = this.#now();
    // Another window may have written.
    const kept = this.#kept();
    const open = new Set(kept.flatMap(({ agent, to }) => (to === undefined ? [agent] : [])));
    const ended = kept.map(one => (one.to === undefined && !silent.includes(one.agent) ? { ...one, to: time } : one));
    const begun = silent.filter(agent => !open.has(agent)).map(agent => ({ agent, from: time }));
    this.#all = [...ended, ...begun].slice(-most);
    if (begun.length > 0 || ended.some((one, index) => one !== kept[index])) this.#write();
  }

  /** Where the file is not there, or not whole, what this session knows holds. */
  #kept(): readonly Silence[] {
    return silencesIn(this.#file) ?? this.#all ?? [];
  }

  #write(): void {
    const part = `${this.#file}.${process.pid}.part`;
    try {
      mkdirSync(dirname(this.#file), { recursive: true });
      writeFileSync(part, `${JSON.stringify({ version: 1, silences: this.#all })}\n`, { mode: 0o600 });
      renameSync(part, this.#file);
    } catch (error) {
      // In this session it is known.
      this.#failed(error);
    }
  }
}

/** The names in which all are silent. */
export function silentNow(recording: boolean, off: readonly string[]): readonly string[] {
  return recording ? off : [...off, everyTool];
}

/** With the pauses that no window saw, since the command line began and ended them: the journal alone has them. */
export function withStops(silences: readonly Silence[], stops: readonly Omit<Silence, 'agent'>[]): readonly Silence[] {
  const known = silences.filter(({ agent }) => agent === everyTool);
  const unseen = stops.filter(stop => !known.some(silence => meet(silence, stop)));
  return [...silences, ...unseen.map(stop => ({ agent: everyTool, ...stop }))];
}

function meet(a: Omit<Silence, 'agent'>, b: Omit<Silence, 'agent'>): boolean {
  return a.from <= (b.to ?? Number.POSITIVE_INFINITY) && b.from <= (a.to ?? Number.POSITIVE_INFINITY);
}
