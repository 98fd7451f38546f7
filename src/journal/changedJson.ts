import type { Actor } from '../provenance/origin.ts';
import { canonicalJson } from './canonical.ts';
import type { EventChange, Finding } from './event.ts';
import type { ChangedEvent } from './fits.ts';
import type { Shape } from './shape.ts';
import { statesDigests } from './statedDigests.ts';

/**
 * Law: equals `canonicalJson` of the event with `texts` (JSON) in place of its texts, for every event that
 * `fitsColumns`. It stands apart because sealing and verifying spend most of their time here: members are written
 * in their order without being sorted, and observations, which events share once they were packed, once each.
 */
export function changedJson(event: ChangedEvent, texts: string): string {
  const { actor, document, first, monotonic, placed, placement, sequence, session, time, tracker, version, zone } =
    event;
  const changes = joined(event.changes, changeJson);
  const findings = joined(event.findings, findingJson);
  const who = actor === undefined ? '' : `"actor":${actorJson(actor)},`;
  return `{${who}"changes":[${changes}],"document":${document},"findings":[${findings}],"first":${first},"kind":"changed","monotonic":${monotonic},"observation":${observationJson(event.observation)},${placed === undefined ? '' : `"placed":${placed},`}"placement":${quoted(placement)},"sequence":${sequence},"session":${session},"texts":${texts},"time":${time},"tracker":${tracker},"version":${version},"zone":${zone}}`;
}

/**
 * What stands before, between and behind the numbers of all such events of one shape and tracker: `from` and `to`, the
 * finding's length if there is one, `first`, `monotonic`, `sequence`, the text's digest in hexadecimal, its length and
 * its counts (`countsOf`), `time` and `version`. Undefined where the shape has several findings or states digests.
 */
export function changedFrame(
  { placement, placed, observation, actor, origins }: Shape,
  of: Pick<ChangedEvent, 'document' | 'session' | 'tracker' | 'zone'>,
): string[] | undefined {
  if (placed || origins.length > 1 || statesDigests({ observation })) return undefined;
  const [from, to, found, first, monotonic, sequence, digest, length, counts, time, version] = Array.from(
    { length: 11 },
    (_, i) => 2 ** 52 + i,
  ) as [number, number, number, number, number, number, number, number, number, number, number];
  const findings = origins.map(origin => ({ ...origin, length: found }));
  const places = { changes: [{ from, to }], findings, first, placement, version, monotonic, sequence, time };
  const event = { kind: 'changed', ...of, ...places, observation, ...(actor && { actor }) } as const;
  const json = changedJson(event, `[{"digest":"${digest}","length":${length}${counts}}]`);
  const marks = [
    from,
    to,
    ...findings.map(() => found),
    first,
    monotonic,
    sequence,
    digest,
    length,
    counts,
    time,
    version,
  ];
  const frame = marks.reduce((pieces, mark) => [...pieces.slice(0, -1), ...pieces.at(-1)!.split(`${mark}`)], [json]);
  return frame.length === marks.length + 1 ? frame : undefined;
}

function changeJson({ from, to, spans }: EventChange): string {
  return spans === undefined
    ? `{"from":${from},"to":${to}}`
    : `{"from":${from},"spans":${canonicalJson(spans)},"to":${to}}`;
}

function actorJson({ basis, kind, rule }: Actor): string {
  return `{"basis":${quoted(basis)},"kind":${quoted(kind)},"rule":${quoted(rule)}}`;
}

function findingJson({ basis, kind, length, prompt, rule }: Finding): string {
  const led = prompt === undefined ? '' : `"prompt":${quoted(prompt)},`;
  return `{"basis":${quoted(basis)},"kind":${quoted(kind)},"length":${length},${led}"rule":${quoted(rule)}}`;
}

const observations = new WeakMap<object, string>();
function observationJson(observation: object): string {
  let json = observations.get(observation);
  if (json === undefined) {
    json = canonicalJson(observation);
    observations.set(observation, json);
  }
  return json;
}

/** Names of ours need no escapes; the test of that is cheaper than a call of `JSON.stringify`. */
function quoted(text: string): string {
  return /^[\w.]*$/.test(text) ? `"${text}"` : JSON.stringify(text);
}

function joined<T>(values: readonly T[], json: (value: T) => string): string {
  return values.length === 1 ? json(values[0] as T) : values.map(json).join(',');
}
