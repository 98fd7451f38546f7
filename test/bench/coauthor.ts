import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import type { JournalEvent } from '../../src/journal/event.ts';
import type { SessionLine } from '../traces/session.ts';

/** Real writing sessions with a model's accepted suggestions; see the README beside them. */
const trace = new URL('../../../shared/traces/coauthor-sessions.jsonl.gz', import.meta.url);

interface CoauthorSession extends SessionLine {
  readonly startTime: number;
}

/**
 * The first sessions as `changed` events, one a replacement, each session a document of its own. The process's clock
 * differs from the time by a fraction of a millisecond that falls to either side of a tick, as two clocks do.
 * `undefined` where the trace is not there.
 */
export function coauthorEvents(sessions: number): JournalEvent[] | undefined {
  if (!existsSync(trace)) return undefined;
  const lines = gunzipSync(readFileSync(trace)).toString('utf8').split('\n', sessions);
  const events: JournalEvent[] = [];
  let first = 2 ** 32;
  for (const [i, line] of lines.entries()) {
    const session = JSON.parse(line) as CoauthorSession;
    const own = eventsOf(session, i + 1, events.length, first);
    first += session.ins.length;
    for (const event of own) events.push(event);
  }
  return events;
}

function* eventsOf(session: CoauthorSession, number: number, from: number, serial: number): Generator<JournalEvent> {
  const accepted = new Set(session.api);
  let [time, offset, at, patch] = [session.startTime, session.startContent.length, 0, 0];
  for (const [transaction, dt] of session.dt.entries()) {
    time += dt;
    for (let count = session.multi[transaction] ?? 1; count > 0; count--, patch++) {
      const [start, deleted, length] = [offset + session.rel[patch]!, session.del[patch]!, session.len[patch]!];
      const machine = accepted.has(transaction);
      yield {
        sequence: from + patch,
        time,
        monotonic: time - session.startTime + ((Math.imul(patch, 2654435761) >>> 31) & 1),
        zone: 300,
        session: number,
        kind: 'changed',
        document: number,
        tracker: 1,
        version: patch + 1,
        changes: [{ from: start, to: start + deleted }],
        first: serial + at,
        placement: 'insert',
        findings: length === 0 ? [] : [{ ...(machine ? completion : typed), length }],
        observation: machine
          ? { by: 'editor', mark: 'inlineSuggest' }
          : { by: 'editor', selection: 'keyboard', carets: true },
        texts: [session.ins.slice(at, at + length)],
      };
      at += length;
      offset = start + length;
    }
  }
}

const typed = { kind: 'typed', basis: 'asserted', rule: 'keyboard' } as const;
const completion = { kind: 'ai.completion', basis: 'asserted', rule: 'inlineSuggest' } as const;
