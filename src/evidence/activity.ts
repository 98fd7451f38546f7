import type { Flow } from './flow.ts';

/** How long a person is on record as typing. */
export interface Activity {
  /** Minutes of the local clock in which at least one typed character was put in, each once, whatever the window. */
  readonly typingMinutes: number;
  /** Days of the local calendar with such a minute. */
  readonly typingDays: number;
}

const day = 24 * 60;

export function activityOf(flows: readonly Pick<Flow, 'minutes'>[]): Activity {
  const minutes = new Set<number>();
  for (const flow of flows) for (const [minute, { hands }] of flow.minutes) if (hands.human) minutes.add(minute);
  const days = new Set(Array.from(minutes, minute => Math.floor(minute / day)));
  return { typingMinutes: minutes.size, typingDays: days.size };
}
