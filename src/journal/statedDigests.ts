/**
 * Digests of whole texts and files that an event states. Unsalted, as files are compared by them, they would let a word
 * that was taken out of a text be guessed: so the canonical bytes hold salted leaves of them, and they are taken out too.
 */

import type { TextBuffer } from '../text/buffer.ts';
import { mayHoldBlanks } from './blank.ts';
import { bufferDigest } from './bufferDigest.ts';
import { plainTextDigest } from './parts.ts';

/** In place of a digest that was taken out. */
export const digestTaken = '▮';

const members = ['afterDigest', 'beforeDigest', 'fileDigest', 'textDigest'] as const;
const observed = ['after', 'before'] as const;

type Members = Readonly<Record<string, unknown>>;

/**
 * Throws RangeError where a text cannot have this digest. That is not known where the digest was taken out, or where words
 * of the text were taken out before it was saved.
 */
export function demandDigest(text: string | TextBuffer, digest: string): void {
  if (digest === digestTaken || (digest === '' && mayHoldBlanks(text.toString()))) return;
  const own = typeof text === 'string' ? plainTextDigest(text) : bufferDigest(text);
  if (own !== digest) throw new RangeError('the text has another digest than stated');
}

/** Whether it states any. Takes any object as an event. */
export function statesDigests(event: object): boolean {
  const { afterDigest, beforeDigest, fileDigest, textDigest, observation } = event as Members;
  return (
    isStated(textDigest) ||
    isStated(fileDigest) ||
    isStated(afterDigest) ||
    isStated(beforeDigest) ||
    (isObject(observation) && observed.some(name => isStated(observation[name])))
  );
}

/** The event with each stated digest replaced, in the order of their names, those of the observation last. */
export function replacedDigests<T extends object>(event: T, replace: (digest: string) => string): T {
  const of = event as Members;
  const { observation } = of;
  const own = replaced(of, members, replace);
  return (isObject(observation)
    ? { ...own, observation: replaced(observation, observed, replace) }
    : own) as unknown as T;
}

/** In the order in which their leaves are numbered. */
export function digestsIn(event: object): string[] {
  const all: string[] = [];
  replacedDigests(event, digest => {
    all.push(digest);
    return digest;
  });
  return all;
}

function replaced(of: Members, names: readonly string[], replace: (digest: string) => string): Members {
  const out: Record<string, unknown> = { ...of };
  for (const name of names) {
    const value = of[name];
    if (isStated(value)) out[name] = replace(value);
  }
  return out;
}

/** An empty one states nothing. */
function isStated(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
