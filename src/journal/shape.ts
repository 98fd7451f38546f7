import type { Observation } from '../classify/observation.ts';
import type { Origin, Placement } from '../provenance/origin.ts';
import { canonicalJson } from './canonical.ts';
import type { Finding } from './event.ts';
import { Fault } from './fault.ts';
import type { ChangedEvent } from './fits.ts';

/** All of a `changed` event that is no number: few of them recur, so a pack writes each once. */
export interface Shape {
  readonly placement: Placement;
  /** Whether the event has `placed`. */
  readonly placed: boolean;
  readonly observation: Observation;
  /** Of the findings, in order. */
  readonly origins: readonly Origin[];
}

/**
 * The shapes of one pack as it is written. `json` is RFC 8785 JSON of
 *
 *     { "observations": [observation…],
 *       "origins": [[kind, basis, rule, prompt?]…],
 *       "shapes": [[placement, placed (0 or 1), observation's rank, origins' ranks…]…] }
 */
export class ShapeTable {
  readonly #observations = new Ranks<Observation>(canonicalJson);
  readonly #origins = new Ranks<readonly string[]>(canonicalJson);
  readonly #shapes = new Ranks<readonly (string | number)[]>(shape => shape.join(' '));

  /** Rank of the event's shape. */
  rank(event: ChangedEvent): number {
    return this.#shapes.rank([
      event.placement,
      event.placed === undefined ? 0 : 1,
      this.#observations.rank(event.observation),
      ...event.findings.map(finding => this.#origins.rank(originOf(finding))),
    ]);
  }

  json(): string {
    return canonicalJson({
      observations: this.#observations.values,
      origins: this.#origins.values,
      shapes: this.#shapes.values,
    });
  }
}

/** The shapes that `ShapeTable.json` wrote. Throws Fault `corrupt`. */
export function readShapes(json: string): Shape[] {
  const { observations, origins, shapes } = tablesOf(json);
  const read = origins.map(([kind, basis, rule, prompt]): Origin => {
    if (kind === undefined || basis === undefined || rule === undefined) throw new Fault('corrupt', 'an origin');
    return { kind, basis, rule, ...(prompt === undefined ? {} : { prompt }) } as Origin;
  });
  return shapes.map(([placement, placed, observation, ...ranks]) => ({
    placement: placement as Placement,
    placed: placed === 1,
    observation: at(observations, observation),
    origins: ranks.map(rank => at(read, rank)),
  }));
}

interface Tables {
  readonly observations: readonly Observation[];
  readonly origins: readonly (readonly string[])[];
  readonly shapes: readonly (readonly (string | number)[])[];
}

function tablesOf(json: string): Tables {
  try {
    const { observations, origins, shapes } = JSON.parse(json) as Tables;
    if ([observations, origins, shapes, ...origins, ...shapes].every(Array.isArray))
      return { observations, origins, shapes };
  } catch (cause) {
    throw new Fault('corrupt', 'the shapes of a pack', { cause });
  }
  throw new Fault('corrupt', 'the shapes of a pack');
}

function at<T>(values: readonly T[], rank: unknown): T {
  const value = typeof rank === 'number' ? values[rank] : undefined;
  if (value === undefined) throw new Fault('corrupt', 'a shape names what is not there');
  return value;
}

function originOf({ kind, basis, rule, prompt }: Finding): string[] {
  return prompt === undefined ? [kind, basis, rule] : [kind, basis, rule, prompt];
}

/** Distinct values in the order of their first use. The value before is tried first: most events repeat it. */
class Ranks<T extends object> {
  readonly values: T[] = [];
  readonly #ranks = new Map<string, number>();
  readonly #keyOf: (value: T) => string;
  #recent: number[] = [];

  constructor(keyOf: (value: T) => string) {
    this.#keyOf = keyOf;
  }

  rank(value: T): number {
    for (const rank of this.#recent) if (sameMembers(value, this.values[rank] as T)) return rank;
    const key = this.#keyOf(value);
    let rank = this.#ranks.get(key);
    if (rank === undefined) {
      rank = this.values.push(value) - 1;
      this.#ranks.set(key, rank);
    }
    this.#recent = [rank, ...this.#recent.slice(0, 3)];
    return rank;
  }
}

/** Same keys with identical values. Equal objects inside count as different: then the key decides. */
function sameMembers(a: object, b: object): boolean {
  let count = 0;
  for (const key in a) {
    if (a[key as keyof typeof a] !== b[key as keyof typeof b]) return false;
    count++;
  }
  for (const _ in b) count--;
  return count === 0;
}
