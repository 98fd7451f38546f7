import type { Kind, Origin } from '../../src/provenance/origin.ts';

const kindOf: Readonly<Record<string, Kind>> = {
  t: 'typed',
  a: 'ai.chat',
  p: 'pasted.external',
  f: 'tool.format',
  e: 'external.disk',
  i: 'initial',
  '?': 'unknown',
};

/** The origin that a letter stands for in a picture such as `tttt|aaa`; one object a letter. */
export function originOf(letter: string): Origin {
  const origin = origins.get(letter);
  if (origin === undefined) throw new Error(`no origin is drawn as ${letter}`);
  return origin;
}

const origins = new Map<string, Origin>(
  Object.entries(kindOf).map(([letter, kind]) => [letter, { kind, basis: 'inferred', rule: 'picture' }]),
);

/** The runs of a picture; bars only part it for the eye. */
export function runsOf(picture: string): { length: number; origin: Origin }[] {
  const runs = picture.replaceAll('|', '').match(/(.)\1*/g) ?? [];
  return runs.map(run => ({ length: run.length, origin: originOf(run[0]!) }));
}
