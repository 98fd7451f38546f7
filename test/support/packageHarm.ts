import { isMemberName } from '../../src/evidence/zip.ts';
import type { Seeded } from './seeded.ts';
import { Tampered } from './tamper.ts';

/** One thing done to a package. `member`: which one; nothing where the archive itself was touched. */
export interface PackageHarm {
  readonly what: 'changed' | 'removed' | 'added' | 'renamed' | 'exchanged' | 'archive';
  readonly member?: string;
  readonly archive: Uint8Array;
}

/** Something random done to one byte or file: packed again properly, or left as a broken archive. `among`: the members it is done to. */
export function packageHarm(
  archive: Uint8Array,
  random: Seeded,
  among: (name: string) => boolean = () => true,
): PackageHarm {
  const tampered = new Tampered(archive);
  const { members } = tampered;
  const reached = members.filter(({ name }) => among(name));
  const member = reached[random.below(reached.length)]!;
  switch (random.below(6)) {
    case 0: {
      const bytes = Uint8Array.from(archive);
      bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
      return { what: 'archive', archive: bytes };
    }
    case 1:
      return { what: 'removed', member: member.name, archive: tampered.remove(member.name).archive() };
    case 2: {
      const name = otherName(member.name, tampered, random);
      tampered.members = members.map(one => (one === member ? { ...one, name } : one));
      return { what: 'renamed', member: member.name, archive: tampered.archive() };
    }
    case 3: {
      const name = otherName(member.name, tampered, random);
      return { what: 'added', member: name, archive: tampered.add(name, 'x'.repeat(random.below(20))).archive() };
    }
    case 4: {
      const other = reached[random.below(reached.length)]!;
      if (Buffer.compare(other.bytes, member.bytes) === 0) break;
      return { what: 'exchanged', member: member.name, archive: tampered.write(member.name, other.bytes).archive() };
    }
  }
  const { bytes } = member;
  if (bytes.length === 0)
    return { what: 'changed', member: member.name, archive: tampered.write(member.name, ' ').archive() };
  bytes[random.below(bytes.length)]! ^= 1 << random.below(8);
  return { what: 'changed', member: member.name, archive: tampered.archive() };
}

const letters = 'abcdefghijklmnopqrstuvwxyz0123456789._-=ABCDEF';

function otherName(name: string, { members }: Tampered, random: Seeded): string {
  for (;;) {
    const at = random.below(name.length);
    const other = name.slice(0, at) + letters[random.below(letters.length)] + name.slice(at + 1);
    if (isMemberName(other) && !members.some(one => one.name === other)) return other;
  }
}
