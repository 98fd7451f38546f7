import type { Chronicle } from './chronicle.ts';
import type { Flow, HandCounts } from './flow.ts';
import { stamp } from './moment.ts';

/** One window's stretch of work. */
export interface SessionEntry {
  readonly journal: string;
  readonly session: number;
  readonly start: string;
  /** Time of its last event. */
  readonly end: string;
  /** False: it broke off (crash, kill, or still running). */
  readonly ended: boolean;
  readonly software: string;
  readonly editor: string;
  readonly platform: string;
  readonly channels: readonly string[];
  readonly unreachable: readonly string[];
  readonly events: number;
  readonly inserted: HandCounts;
  /** Minutes of the clock in which at least one character was typed. */
  readonly typingMinutes: number;
}

/** In the order of the journal. */
export function sessionsOf(chronicle: Chronicle, flow: Flow): SessionEntry[] {
  const ended = new Set(chronicle.kept.sessionEnd.map(event => event.session));
  return chronicle.kept.session.map(event => {
    const seen = chronicle.sessions.get(event.session);
    const flowed = flow.sessions.get(event.session);
    return {
      journal: chronicle.id,
      session: event.session,
      start: stamp(event),
      end: stamp(seen?.last ?? event),
      ended: ended.has(event.session),
      software: event.software,
      editor: event.editor,
      platform: event.platform,
      channels: event.channels,
      unreachable: event.unreachable,
      events: seen?.events ?? 0,
      inserted: flowed?.hands ?? {},
      typingMinutes: flowed?.humanMinutes ?? 0,
    };
  });
}
