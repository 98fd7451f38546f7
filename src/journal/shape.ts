import type { Observation } from '../classify/observation.ts';
import type { Actor, Origin, Placement } from '../provenance/origin.ts';
import { canonicalJson } from './canonical.ts';
import type { Finding } from './event.ts';
import { fitsObservation, fitsOrigin, fitsPlacement } from './eventWords.ts';
import { Fault } from './fault.ts';
import type { ChangedEvent } from './fits.ts';
import type { PlainShape } from './plainShape.ts';

/** What of a `changed` event its shape is made of. */
type Shaped = Pick<ChangedEvent, 'placement' | 'placed' | 'observation' | 'findings'> & {
  readonly actor?: Actor | undefined;
  /** RFC 8785 JSON of the observation, where it is known. */
  readonly seen?: string;
};

/** All of a `changed` event that is no number: few of them recur, so a pack writes each once. */
export interface Shape {
  readonly placement: Placement;
  /** Whether the event has `placed`. */
  readonly placed: boolean;
  readonly observation: Observation;
  readonly actor: Actor | undefined;
  /** Of the findings, in order. */
  readonly origins: readonly Origin[];
  /** It has no `placed`, and all its words are of the closed lists: `demandWords` says which is not. */
  readonly plain: boolean;
}

/** Before the first event in columns. */
export const noShape: Shape = {
  placement: 'insert',
  placed: false,
  observation: { by: 'editor' },
  actor: undefined,
  origins: [],
  plain: true,
};

/**
 * The shapes of one pack as it is written. `json` is RFC 8785 JSON of
 *
 *     { "observations": [observation…],
 *       "origins": [[kind, basis, rule, prompt?]…],
 *       "shapes": [[placement, placed (0 or 1), observation's rank, actor's rank or -1, origins' ranks…]…] }
 */
export class ShapeTable {
  readonly #observations = new Ranks<Observation>();
  readonly #origins = new Ranks<readonly string[]>();
  readonly #shapes = new Ranks<readonly (string | number)[]>();
  /** Shapes that came last, newest first. */
  #recent: readonly Known[] = [];
  #observation: { readonly seen: Observation; readonly rank: number } | undefined;
  readonly #plain = new Map<PlainShape, number>();
  #last: { readonly shape: PlainShape | undefined; readonly rank: number } = { shape: undefined, rank: 0 };

  /** Rank of the event's shape. */
  rank(event: Shaped): number {
    const observation = this.#observationRank(event.observation, event.seen);
    for (let i = 0; i < this.#recent.length; i++) {
      const known = this.#recent[i]!;
      if (isOf(known, event, observation)) return known.rank;
    }
    const { placement, placed, actor, findings } = event;
    const who = actor === undefined ? -1 : this.#origins.rank([actor.kind, actor.basis, actor.rule]);
    const origins = findings.map(finding => this.#origins.rank(originOf(finding)));
    const rank = this.#shapes.rank([placement, placed === undefined ? 0 : 1, observation, who, ...origins]);
    this.#recent = [{ rank, observation, event }, ...this.#recent.slice(0, 3)];
    return rank;
  }

  /** The same, and quicker where it was asked for before. */
  rankOf(shape: PlainShape): number {
    if (shape === this.#last.shape) return this.#last.rank;
    let rank = this.#plain.get(shape);
    if (rank === undefined) {
      rank = this.rank(shape);
      this.#plain.set(shape, rank);
    }
    this.#last = { shape, rank };
    return rank;
  }

  json(): string {
    return `{"observations":${this.#observations.json},"origins":${this.#origins.json},"shapes":${this.#shapes.json}}`;
  }

  /** The observation before is tried first: most repeat it, and its members tell sooner than its JSON. */
  #observationRank(seen: Observation, json: string | undefined): number {
    const last = this.#observation;
    if (last !== undefined && (last.seen === seen || sameMembers(last.seen, seen))) return last.rank;
    const rank = this.#observations.rank(seen, json);
    this.#observation = { seen, rank };
    return rank;
  }
}

interface Known {
  readonly rank: number;
  readonly observation: number;
  readonly event: Shaped;
}

function isOf({ observation, event }: Known, other: Shaped, otherObservation: number): boolean {
  const { placement, placed, actor, findings } = event;
  return (
    observation === otherObservation &&
    placement === other.placement &&
    sameActor(actor, other.actor) &&
    (placed === undefined) === (other.placed === undefined) &&
    sameOrigins(findings, other.findings)
  );
}

function sameOrigins(a: readonly Finding[], b: readonly Finding[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!sameOrigin(a[i]!, b[i]!)) return false;
  return true;
}

function sameActor(a: Actor | undefined, b: Actor | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.kind === b.kind && a.basis === b.basis && a.rule === b.rule;
}

function sameOrigin(a: Finding, b: Finding): boolean {
  return a.kind === b.kind && a.basis === b.basis && a.rule === b.rule && a.prompt === b.prompt;
}

/** The shapes that `ShapeTable.json` wrote. Throws Fault `corrupt`. */
export function readShapes(json: string): Shape[] {
  const { observations, origins, shapes } = tablesOf(json);
  const read = origins.map(([kind, basis, rule, prompt]): Origin => {
    if (kind === undefined || basis === undefined || rule === undefined) throw new Fault('corrupt', 'an origin');
    return { kind, basis, rule, ...(prompt === undefined ? {} : { prompt }) } as Origin;
  });
  const known = new Set<object>([...read.filter(fitsOrigin), ...observations.filter(isKnown)]);
  return shapes.map(([placement, placed, seen, who, ...ranks]) => {
    const [observation, actor] = [at(observations, seen), who === -1 ? undefined : at(read, who)];
    const found = ranks.map(rank => at(read, rank));
    const said = [observation, ...(actor === undefined ? [] : [actor]), ...found];
    return {
      placement: placement as Placement,
      placed: placed === 1,
      observation,
      actor,
      origins: found,
      plain: placed !== 1 && fitsPlacement(placement) && said.every(one => known.has(one)),
    };
  });
}

/** Takes any JSON. */
function isKnown(seen: Observation): boolean {
  return typeof seen === 'object' && seen !== null && fitsObservation(seen);
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

/** Distinct values in the order of their first use, by their JSON. */
class Ranks<T extends object> {
  readonly #ranks = new Map<string, number>();

  /** `json`: the value's, where it is known. */
  rank(value: T, json = canonicalJson(value)): number {
    const known = this.#ranks.get(json);
    if (known !== undefined) return known;
    this.#ranks.set(json, this.#ranks.size);
    return this.#ranks.size - 1;
  }

  get json(): string {
    return `[${[...this.#ranks.keys()].join(',')}]`;
  }
}

/** Same keys with identical values. Equal objects inside count as different: then the key decides. */
export function sameMembers(a: object, b: object): boolean {
  let count = 0;
  for (const key in a) {
    if (a[key as keyof typeof a] !== b[key as keyof typeof b]) return false;
    count++;
  }
  for (const _ in b) count--;
  return count === 0;
}
