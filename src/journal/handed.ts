import type { QueuedEvent, ToWorker } from './messages.ts';
import type { PlainShapes } from './plainShape.ts';
import { PlainSteps, type SentSteps } from './plainSteps.ts';

/** What a session hands over to be appended, in order: events, and plain ones that came in columns. */
export type Handed = QueuedEvent | PlainSteps;

type Append = Extract<ToWorker, { kind: 'append' }>;
type Steps = { readonly kind: 'steps'; readonly ordinal: number };

/** A message as it crosses to the worker, … */
export type Crossing = string | ToWorker | (Steps & { readonly sent: SentSteps });
/** … and as it comes in there. */
export type Received = ToWorker | (Steps & { readonly steps: PlainSteps });

/** So many plain events cross in columns at least: for fewer to make them costs more than it saves. */
const fewest = 8;

/** As text: a string crosses to another thread in half the time that an object takes, but where it holds long ones. */
export function crossing(message: ToWorker): Crossing {
  return message.kind === 'ask' && message.ask.kind === 'compare' ? message : JSON.stringify(message);
}

/** Messages that hand these events over, each with what crosses: runs of plain ones apart, in columns. */
export function crossings(
  ordinal: number,
  events: readonly QueuedEvent[],
  shapes: PlainShapes,
): { readonly message: Append; readonly crosses: Crossing }[] {
  const all: { message: Append; crosses: Crossing }[] = [];
  const rest = (from: number, until: number) => {
    if (from === until) return;
    const message: Append = { kind: 'append', ordinal: ordinal + from, events: events.slice(from, until) };
    all.push({ message, crosses: crossing(message) });
  };
  let from = 0;
  let steps: PlainSteps | undefined;
  for (let at = 0; events.length - at >= fewest; at++) {
    const begin = at;
    steps ??= new PlainSteps(shapes);
    while (at < events.length && steps.add(events[at]!)) at++;
    if (steps.count < fewest) {
      steps.clear();
      continue;
    }
    rest(from, begin);
    const message: Append = { kind: 'append', ordinal: ordinal + begin, events: events.slice(begin, at) };
    all.push({ message, crosses: { kind: 'steps', ordinal: message.ordinal, sent: steps.sent } });
    from = at;
    steps = undefined;
  }
  rest(from, events.length);
  return all;
}

export function received(crossing: Crossing, shapes: PlainShapes): Received {
  if (typeof crossing === 'string') return JSON.parse(crossing) as ToWorker;
  if (crossing.kind !== 'steps') return crossing;
  return { kind: 'steps', ordinal: crossing.ordinal, steps: PlainSteps.of(crossing.sent, shapes) };
}

/** What a message hands over. */
export function handedBy(message: Exclude<Received, { kind: 'ask' }>): readonly Handed[] {
  return message.kind === 'append' ? message.events : [message.steps];
}

export function countOf(handed: readonly Handed[]): number {
  return handed.reduce((count, one) => count + (one instanceof PlainSteps ? one.count : 1), 0);
}

export function eventsOf(handed: readonly Handed[]): QueuedEvent[] {
  return handed.flatMap(one =>
    one instanceof PlainSteps ? Array.from({ length: one.count }, (_, i) => one.event(i)) : [one],
  );
}

/** The message without columns: as it is kept in a file. */
export function spelled(message: Received): ToWorker {
  if (message.kind !== 'steps') return message;
  return { kind: 'append', ordinal: message.ordinal, events: eventsOf([message.steps]) };
}
