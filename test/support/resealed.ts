import { bagTags, type Member } from '../../src/evidence/bag.ts';
import type { Manifest } from '../../src/evidence/manifest.ts';
import { type SealedFacts, sealedMember } from '../../src/evidence/seal.ts';
import { unzip } from '../../src/evidence/unzip.ts';
import { ZipWriter } from '../../src/evidence/zip.ts';
import type { Signer } from '../../src/journal/keys.ts';
import { Tampered } from './tamper.ts';

const lists = /^(bagit|bag-info|manifest-sha256|manifest-sha512|tagmanifest-sha256)\.txt$/;

/** A package whose members were changed, with all lists, the seal and the archive made anew: what who has the key can do. */
export function resealed(
  archive: Uint8Array,
  { exportId, journals }: Pick<Manifest, 'exportId' | 'journals'>,
  signer: Signer,
  tamper: (tampered: Tampered) => unknown,
): Uint8Array {
  const tampered = new Tampered(archive);
  tamper(tampered);
  const own = tampered.members.filter(({ name }) => !lists.test(name) && name !== 'seal/seal.dsse.json');
  const payload = own.filter(({ name }) => name.startsWith('data/'));
  const tags = own.filter(({ name }) => !name.startsWith('data/'));
  const lines = tampered.text('bag-info.txt').trimEnd().split('\n').slice(0, -1);
  const info = lines.map(line => line.split(': ') as [string, string]);
  const members = [...own, ...bagTags(payload, tags, info)].sort((a, b) => (a.name < b.name ? -1 : 1));
  const writer = new ZipWriter(unzip(archive).stamp);
  for (const { name, bytes } of members) writer.add(name, bytes);
  const { journal, size, root } = journals[0]!;
  const facts: SealedFacts = { exportId, journal, size, root, archiveDigest: writer.digest() };
  const seal: Member = sealedMember(members, facts, signer);
  writer.add(seal.name, seal.bytes);
  return writer.finish();
}
