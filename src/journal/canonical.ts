import { leafHash } from './chain.ts';
import { changedJson } from './changedJson.ts';
import { digestLength, toHex } from './digest.ts';
import type { JournalEvent } from './event.ts';
import { fitsColumns } from './fits.ts';
import { type SegmentSecret, saltsIn } from './keptSalts.ts';
import { countsOf, digestLeaf, type SaltSource, textRoot, wellFormed } from './parts.ts';
import { digestTaken, replacedDigests, statesDigests } from './statedDigests.ts';

/**
 * Bytes that an event's digest covers: RFC 8785 JSON with digests in place of texts, and salted ones in place of
 * digests. `secret` is its segment's. Takes any object as an event. Throws TypeError at `texts` that are no list of
 * strings, and at what `canonicalJson` refuses; RangeError where salts are missing, and at a digest that is
 * stated as taken out and was not.
 */
export function canonicalBytes(event: JournalEvent, secret: SegmentSecret): Uint8Array {
  return Buffer.from(canonicalEvent(event, saltsIn(secret, event.sequence)), 'utf8');
}

/** RFC 6962 leaf of the canonical bytes: the event's place in the tree. */
export function eventDigest(event: JournalEvent, secret: SegmentSecret): Uint8Array {
  return digestWith(event, saltsIn(secret, event.sequence));
}

/** The same with the event's own salts. */
export function digestWith(event: JournalEvent, salts: SaltSource): Uint8Array {
  return leafHash(canonicalEvent(event, salts));
}

/**
 * RFC 8785 JSON of a plain value. Members that are `undefined` are left out. Throws TypeError at anything that is not
 * null, boolean, string, safe integer, array or plain object. A lone surrogate in a string (RFC 8785 forbids it) is
 * written as its escape, `\udXXX` in lower case, so that no path or name can stop the journal.
 */
export function canonicalJson(value: unknown): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'boolean':
      return value ? 'true' : 'false';
    case 'number':
      if (!Number.isSafeInteger(value)) throw new TypeError(`not an integer: ${value}`);
      return `${value}`;
    case 'object':
      if (value === null) return 'null';
      return Array.isArray(value) ? `[${value.map(canonicalJson).join(',')}]` : canonicalObject(value);
    case 'bigint':
    case 'symbol':
    case 'undefined':
    case 'function':
      throw new TypeError(`not JSON: ${typeof value}`);
  }
}

function canonicalObject(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) throw new TypeError('not a plain object');
  const members: string[] = [];
  // RFC 8785 sorts by UTF-16 code units, as `sort` does.
  for (const key of Object.keys(value).sort()) {
    const member = (value as Record<string, unknown>)[key];
    if (member !== undefined) members.push(`${JSON.stringify(key)}:${canonicalJson(member)}`);
  }
  return `{${members.join(',')}}`;
}

function canonicalEvent(event: JournalEvent, salts: SaltSource): string {
  if (event.texts !== undefined && !isTexts(event.texts)) throw new TypeError('texts are a list of strings');
  const texts = event.texts && textDigests(event.texts, salts);
  const stated = statesDigests(event) ? saltedDigests(event, salts, texts?.parts ?? 0) : event;
  if (texts === undefined) return canonicalJson(stated);
  return fitsColumns(stated)
    ? changedJson(stated, texts.json)
    : canonicalJson({ ...stated, texts: JSON.parse(texts.json) });
}

function saltedDigests(event: JournalEvent, salts: SaltSource, firstPart: number): JournalEvent {
  let next = firstPart;
  return replacedDigests(event, digest => toHex(saltedDigest(salts(next++), digest)));
}

/** A salt that is there is of a digest that is there. */
function saltedDigest(salt: Uint8Array, digest: string): Uint8Array {
  if (digest === digestTaken && salt.length === digestLength)
    throw new RangeError('a digest that was not taken out is stated as taken out');
  return digestLeaf(salt, digest);
}

function isTexts(texts: unknown): texts is readonly string[] {
  return Array.isArray(texts) && texts.every(text => typeof text === 'string');
}

/** RFC 8785 JSON of what stands in place of the texts, and the count of their parts. */
function textDigests(texts: readonly string[], salts: SaltSource): { json: string; parts: number } {
  let next = 0;
  const stated = texts.map(text => {
    const { digest, parts } = textRoot(text, salts, next);
    next += parts;
    return `{"digest":"${toHex(digest)}","length":${text.length}${countsOf(text, parts)}${wellFormed(text) ? '' : ',"utf16":true'}}`;
  });
  return { json: `[${stated.join(',')}]`, parts: next };
}
