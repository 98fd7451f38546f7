import type { Observation } from './observation.ts';

/** One replacement of a step, as the rules see it. */
export interface Replacement {
  readonly removed: string;
  readonly inserted: string;
}

/** What a rule looks at: the observation and the shape of the changes it came with, in order of place. */
export interface Step {
  readonly observation: Observation;
  readonly replacements: readonly Replacement[];
}
