import { sha1 } from '@noble/hashes/legacy.js';
import { sha256, sha384, sha512 } from '@noble/hashes/sha2.js';
import { Buffer } from './buffer.ts';

const algorithms = { sha1, sha256, sha384, sha512 } as const;
type Algorithm = keyof typeof algorithms;
type Encoding = 'hex' | 'binary' | 'base64';

/** The hash function of this name. Throws RangeError for one that is not known here. */
export function hashNamed(name: string): (typeof algorithms)[Algorithm] {
  const known = Object.keys(algorithms) as Algorithm[];
  const found = known.find(one => one === name);
  if (found === undefined) throw new RangeError(`no hash ${name}`);
  return algorithms[found];
}

function bytesOf(data: Uint8Array | string): Uint8Array {
  return typeof data === 'string' ? new TextEncoder().encode(data) : data;
}

/** As `hash` of `node:crypto`. */
export function hash(algorithm: string, data: Uint8Array | string, encoding: Encoding = 'hex'): string {
  return Buffer.from(hashNamed(algorithm)(bytesOf(data))).toString(encoding);
}

/** As `createHash` of `node:crypto`. */
export function createHash(algorithm: string): Hashing {
  return new Hashing(algorithm);
}

class Hashing {
  readonly #state: ReturnType<(typeof algorithms)[Algorithm]['create']>;

  constructor(algorithm: string) {
    this.#state = hashNamed(algorithm).create();
  }

  update(data: Uint8Array | string): this {
    this.#state.update(bytesOf(data));
    return this;
  }

  digest(): Buffer;
  digest(encoding: Encoding): string;
  digest(encoding?: Encoding): Buffer | string {
    const bytes = Buffer.from(this.#state.digest());
    return encoding === undefined ? bytes : bytes.toString(encoding);
  }
}
