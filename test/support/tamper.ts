import { hash } from 'node:crypto';
import type { Member } from '../../src/evidence/bag.ts';
import { closingMember } from '../../src/evidence/closing.ts';
import { unzip } from '../../src/evidence/unzip.ts';
import { ZipWriter } from '../../src/evidence/zip.ts';

/** Each member's digest, then the archive's: where two packages differ, this says in which member. */
export function digestsOf(archive: Uint8Array): readonly string[] {
  const members = [...unzip(archive).members].map(([name, bytes]) => `${name} ${hash('sha256', bytes, 'hex')}`);
  return [...members, hash('sha256', archive, 'hex')];
}

/** The members of a package, to be changed and packed again properly: only what was changed differs. */
export class Tampered {
  members: Member[];
  readonly #stamp: number;
  /** As they were, so that what is not changed need not be deflated again. */
  readonly #former: ReadonlyMap<string, { readonly bytes: Uint8Array; readonly body: Uint8Array }>;

  constructor(archive: Uint8Array) {
    const { members, entries, stamp } = unzip(archive);
    this.#former = new Map(
      entries.map(({ name, offset, packed, method }) => {
        const bytes = members.get(name)!;
        const start = offset + 30 + name.length;
        return [name, { bytes, body: method === 0 ? bytes : archive.subarray(start, start + packed) }];
      }),
    );
    this.members = [...members].map(([name, bytes]) => ({ name, bytes: Uint8Array.from(bytes) }));
    this.#stamp = stamp;
  }

  text(name: string): string {
    return Buffer.from(this.bytes(name)).toString('utf8');
  }

  bytes(name: string): Uint8Array {
    const member = this.members.find(m => m.name === name);
    if (member === undefined) throw new Error(`no ${name}`);
    return member.bytes;
  }

  write(name: string, content: string | Uint8Array): this {
    const bytes = Buffer.from(content as string);
    this.members = this.members.map(member => (member.name === name ? { name, bytes } : member));
    return this;
  }

  change(name: string, change: (text: string) => string): this {
    const before = this.text(name);
    const after = change(before);
    if (before === after) throw new Error(`nothing changed in ${name}`);
    return this.write(name, after);
  }

  add(name: string, content: string): this {
    this.members.push({ name, bytes: Buffer.from(content) });
    return this;
  }

  remove(name: string): this {
    this.members = this.members.filter(member => member.name !== name);
    return this;
  }

  archive(): Uint8Array {
    const writer = new ZipWriter(this.#stamp);
    for (const { name, bytes } of this.members) {
      const { bytes: former, body } = this.#former.get(name) ?? {};
      const same = former !== undefined && Buffer.compare(former, bytes) === 0;
      if (same) writer.add(name, former, body);
      else if (name === closingMember) writer.add(name, bytes, bytes);
      else writer.add(name, bytes);
    }
    return writer.finish();
  }
}
