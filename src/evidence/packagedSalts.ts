import { isUtf8 } from 'node:buffer';
import { canonicalJson } from '../journal/canonical.ts';
import { SEGMENT } from '../journal/chain.ts';
import type { JournalEvent } from '../journal/event.ts';
import { takenSalt } from '../journal/keptSalts.ts';
import { type SaltSource, saltSource } from '../journal/parts.ts';

/** The lines of a text file in UTF-8, without their line feeds; undefined: not UTF-8, or the last line is open. */
export function linesOf(bytes: Uint8Array): Iterable<string> | undefined {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (!isUtf8(buffer) || (buffer.length > 0 && buffer.at(-1) !== 0x0a)) return undefined;
  return {
    *[Symbol.iterator]() {
      for (let from = 0; from < buffer.length; ) {
        const to = buffer.indexOf(0x0a, from);
        yield buffer.toString('utf8', from, to);
        from = to + 1;
      }
    },
  };
}

/** The JSON value of a line, if the line is its one form (RFC 8785). */
export function canonicalValue(line: string): unknown {
  try {
    const value: unknown = JSON.parse(line);
    return canonicalJson(value) === line ? value : undefined;
  } catch (error) {
    // RangeError: nested deeper than any value of ours.
    const foreign = error instanceof SyntaxError || error instanceof TypeError || error instanceof RangeError;
    if (foreign) return undefined;
    throw error;
  }
}

/** The salts of a package, given out event by event; each must be used, and used up. */
export class PackagedSalts {
  readonly #secrets = new Map<number, Uint8Array>();
  readonly #salts = new Map<number, readonly Uint8Array[]>();
  readonly #taken = new Map<number, readonly boolean[]>();

  /** Undefined when the member is not in the form that `saltLines` writes. */
  static read(bytes: Uint8Array): PackagedSalts | undefined {
    const salts = new PackagedSalts();
    const lines = linesOf(bytes);
    if (lines === undefined) return undefined;
    let [last, whole] = [-1, -1];
    for (const line of lines) {
      const value = canonicalValue(line) as Partial<Record<string, unknown>> | null | undefined;
      if (typeof value !== 'object' || value === null || Object.keys(value).length !== 2) return undefined;
      const { segment, secret, sequence, salts: list } = value;
      if (segment !== undefined) {
        if (typeof segment !== 'number' || segment <= whole || last >= 0 || !isDigest(secret)) return undefined;
        salts.#secrets.set(segment, Buffer.from(secret, 'hex'));
        whole = segment;
        continue;
      }
      if (typeof sequence !== 'number' || sequence <= last || !Array.isArray(list) || list.length === 0)
        return undefined;
      const own = (list as unknown[]).map(saltIn);
      if (!own.every(salt => salt !== undefined) || salts.#secrets.has(Math.floor(sequence / SEGMENT)))
        return undefined;
      salts.#salts.set(sequence, own);
      const taken = own.map(salt => salt.length > 32);
      if (taken.includes(true)) salts.#taken.set(sequence, taken);
      last = sequence;
    }
    return salts;
  }

  /** Which salted parts of each event were taken out, in order, by sequence; events without any are absent. */
  get taken(): ReadonlyMap<number, readonly boolean[]> {
    return this.#taken;
  }

  /** What `use` does with the event's salts; undefined when there are fewer or more than it asks for. */
  for<T>(event: JournalEvent, use: (salts: SaltSource) => T): T | undefined {
    const secret = this.#secrets.get(Math.floor(event.sequence / SEGMENT));
    if (secret !== undefined) return use(saltSource(secret, event.sequence));
    const own = this.#salts.get(event.sequence) ?? [];
    this.#salts.delete(event.sequence);
    let next = 0;
    const made = use(() => own[next++] ?? none);
    return next === own.length ? made : undefined;
  }

  /** Every salt was asked for, and every secret is of a segment that `size` events hold whole. */
  usedUp(size: number): boolean {
    return this.#salts.size === 0 && [...this.#secrets.keys()].every(segment => (segment + 1) * SEGMENT <= size);
  }
}

const none = new Uint8Array(32);

function saltIn(value: unknown): Uint8Array | undefined {
  if (isDigest(value)) return Buffer.from(value, 'hex');
  if (typeof value !== 'object' || value === null) return undefined;
  const { leaf } = value as { readonly leaf?: unknown };
  return Object.keys(value).length === 1 && isDigest(leaf) ? takenSalt(Buffer.from(leaf, 'hex')) : undefined;
}

function isDigest(value: unknown): value is string {
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
}
