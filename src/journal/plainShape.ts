import type { Observation } from '../classify/observation.ts';
import type { Actor, Origin, Placement } from '../provenance/origin.ts';
import { canonicalJson } from './canonical.ts';
import type { EventBody, Finding } from './event.ts';
import { fitsObservation, fitsOrigin, fitsPlacement } from './eventWords.ts';
import { fitsActor, fitsFinding, isObject, memberCount } from './fits.ts';
import { originOf, placing } from './replayed.ts';
import { sameMembers } from './shape.ts';

type Changed = Pick<Extract<EventBody, { kind: 'changed' }>, 'placement' | 'observation' | 'findings'> & {
  readonly actor?: Actor | undefined;
};

/** All of a plain step that is no number and no text. All its words are of the closed lists. */
export interface PlainShape {
  readonly placement: Placement;
  readonly observation: Observation;
  /** RFC 8785 JSON of it. */
  readonly seen: string;
  readonly actor: Actor | undefined;
  /** Of what it puts in, with length 1; none where it puts in nothing. */
  readonly findings: readonly [] | readonly [Finding];
  readonly origin: Origin | undefined;
}

/** Shapes that are kept at most: a prompt has one of its own. */
const most = 256;

/** Gives equal shapes as one object of its own, for as long as it keeps them. Mutable. */
export class PlainShapes {
  readonly #all = new Map<string, PlainShape>();
  /** Those that came last, newest first. */
  #recent: readonly PlainShape[] = [];

  /** The shape of a step with one finding or none; undefined where it says what no plain step does, or what is no JSON. */
  of(body: Changed): PlainShape | undefined {
    for (let i = 0; i < this.#recent.length; i++) if (isOf(this.#recent[i]!, body)) return this.#recent[i];
    const { placement, observation, actor, findings } = body;
    if (!isPlain(body)) return undefined;
    const [finding] = findings;
    const seen = jsonOf(observation);
    if (seen === undefined) return undefined;
    const key = canonicalJson([seen, placement, actor ?? null, finding === undefined ? [] : { ...finding, length: 1 }]);
    let shape = this.#all.get(key);
    if (shape === undefined) {
      const origin = finding && originOf(finding, placing);
      shape = {
        placement,
        observation: JSON.parse(seen) as Observation,
        seen,
        actor: actor && { ...actor },
        findings: origin === undefined ? [] : [{ ...origin, length: 1 }],
        origin,
      };
      if (this.#all.size >= most) this.#all.clear();
      this.#all.set(key, shape);
    }
    this.#recent = [shape, ...this.#recent.filter(one => one !== shape).slice(0, 3)];
    return shape;
  }
}

function isOf({ placement, observation, actor, origin }: PlainShape, of: Changed): boolean {
  const finding = of.findings[0];
  return (
    placement === of.placement &&
    (finding === undefined ? origin === undefined : origin !== undefined && isOrigin(origin, finding)) &&
    isActor(actor, of.actor) &&
    sameMembers(observation, of.observation)
  );
}

function isOrigin(origin: Origin, finding: Finding): boolean {
  const { kind, basis, rule, prompt } = origin;
  if (kind !== finding.kind || basis !== finding.basis || rule !== finding.rule || prompt !== finding.prompt)
    return false;
  return memberCount(finding) === (prompt === undefined ? 4 : 5);
}

function isActor(actor: Actor | undefined, of: Actor | undefined): boolean {
  if (actor === undefined || of == null) return actor === of;
  return actor.kind === of.kind && actor.basis === of.basis && actor.rule === of.rule && memberCount(of) === 3;
}

/** RFC 8785 JSON, where it is that: who hands it over is not to fail for it. */
function jsonOf(observation: Observation): string | undefined {
  try {
    return canonicalJson(observation);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Takes any JSON. */
function isPlain({ placement, observation, actor, findings }: Changed): boolean {
  return (
    fitsPlacement(placement) &&
    isObject(observation) &&
    observation.before === undefined &&
    (observation.transfer === undefined || isObject(observation.transfer)) &&
    fitsObservation(observation) &&
    (actor === undefined || (fitsActor(actor) && fitsOrigin(actor))) &&
    findings.every(finding => fitsFinding(finding) && fitsOrigin(finding))
  );
}
