import { leafHash } from './chain.ts';
import { changedJson } from './changedJson.ts';
import { toHex } from './digest.ts';
import type { JournalEvent } from './event.ts';
import { fitsColumns } from './fits.ts';
import { type SaltSource, saltSource, textRoot, wellFormed } from './parts.ts';

/**
 * Bytes that an event's digest covers: RFC 8785 JSON with digests in place of texts. `secret` is its segment's. Takes any
 * object as an event. Throws TypeError at `texts` that are no list of strings, and at what `canonicalJson` refuses.
 */
export function canonicalBytes(event: JournalEvent, secret: Uint8Array): Uint8Array {
  return Buffer.from(canonicalEvent(event, secret), 'utf8');
}

/** RFC 6962 leaf of the canonical bytes: the event's place in the tree. */
export function eventDigest(event: JournalEvent, secret: Uint8Array): Uint8Array {
  return leafHash(canonicalEvent(event, secret));
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

function canonicalEvent(event: JournalEvent, secret: Uint8Array): string {
  if (event.texts === undefined) return canonicalJson(event);
  if (!isTexts(event.texts)) throw new TypeError('texts are a list of strings');
  const texts = textDigests(event.texts, saltSource(secret, event.sequence));
  return fitsColumns(event) ? changedJson(event, texts) : canonicalJson({ ...event, texts: JSON.parse(texts) });
}

function isTexts(texts: unknown): texts is readonly string[] {
  return Array.isArray(texts) && texts.every(text => typeof text === 'string');
}

/** RFC 8785 JSON of what stands in place of the texts. */
function textDigests(texts: readonly string[], salts: SaltSource): string {
  let next = 0;
  const stated = texts.map(text => {
    const { digest, parts } = textRoot(text, salts, next);
    next += parts;
    return `{"digest":"${toHex(digest)}","length":${text.length}${wellFormed(text) ? '' : ',"utf16":true'}}`;
  });
  return `[${stated.join(',')}]`;
}
