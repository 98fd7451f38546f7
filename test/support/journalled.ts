import type { EventBody, JournalEvent } from '../../src/journal/event.ts';
import { eventChanges } from '../../src/journal/step.ts';
import type { AlignedChange, Span } from '../../src/provenance/span.ts';
import type { Step } from './histories.ts';
import { initial, lf, typedOrigin } from './workroom.ts';

/** Serial 0 of a played history in the journal: 0 itself names nothing there. */
export const base = 2 ** 33;

/** A played history as a journal's events: one session, one document, one tracker, a step an event. */
export function journalled(start: string, steps: readonly Step[]): JournalEvent[] {
  const bodies: [EventBody, string[]?][] = [
    [{ kind: 'started', journal: 'j', work: 'w', folder: 'f', format: 1, software: 's' }],
    [
      {
        kind: 'session',
        software: 's',
        editor: 'e',
        platform: 'p',
        leases: [base, base + 2 ** 32],
        channels: [],
        unreachable: [],
      },
    ],
    [
      {
        kind: 'baseline',
        document: 1,
        path: 'a.md',
        format: lf,
        fileDigest: '',
        textDigest: '',
        first: base,
        finding: { length: start.length, ...initial },
      },
      [start],
    ],
    [{ kind: 'opened', document: 1, tracker: 1, path: 'a.md', format: lf }],
    ...steps.map((step, i) => changed(step, i + 1)),
  ];
  return bodies.map(([body, texts], sequence) => ({
    sequence,
    time: 1_700_000_000_000 + sequence * 40,
    monotonic: sequence * 40,
    zone: 300,
    session: sequence === 0 ? 0 : 1,
    ...body,
    ...(texts && { texts }),
  }));
}

function changed({ changes, fresh, placed, reason }: Step, version: number): [EventBody, string[]] {
  const first = fresh.first + base;
  const aligned = changes.map(change => ({ ...change, spans: based(change.spans) }));
  const stated = eventChanges(aligned, { first, count: fresh.count });
  const known = repeats(aligned, first);
  const body: EventBody = {
    kind: 'changed',
    document: 1,
    tracker: 1,
    version,
    changes: stated.changes,
    first: known ? placed + base : first,
    ...(known && { placed: placed + base }),
    placement: known ? (reason ?? 'paste') : 'insert',
    findings: fresh.count === 0 ? [] : [{ length: fresh.count, ...typedOrigin }],
    observation: { by: 'editor', ...(reason && { reason }) },
  };
  return [body, stated.texts];
}

export function based(spans: readonly Span[]): Span[] {
  return spans.map(({ length, serial }) => ({ length, serial: serial + base }));
}

function repeats(changes: readonly AlignedChange[], first: number): boolean {
  return changes.some(({ spans }) => spans.some(({ serial }) => serial < first));
}
