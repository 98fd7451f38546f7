import { bagTags, type Member } from '../../src/evidence/bag.ts';
import { closingMember, closingOf, isAfterSeal, sheetMember } from '../../src/evidence/closing.ts';
import { afterSeal } from '../../src/evidence/contents.ts';
import type { Manifest } from '../../src/evidence/manifest.ts';
import type { Moment } from '../../src/evidence/moment.ts';
import { type SealedFacts, sealedMember, sealMember } from '../../src/evidence/seal.ts';
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
  const own = tampered.members.filter(
    ({ name }) => !lists.test(name) && name !== sealMember && name !== closingMember && !isAfterSeal(name),
  );
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
  const later = tampered.members.filter(({ name }) => isAfterSeal(name) && name !== sheetMember);
  const sheet: Member = { name: sheetMember, bytes: sheetOf(tampered, archive, [...members, seal, ...later]) };
  for (const { name, bytes } of [sheet, ...later]) writer.add(name, bytes);
  const named = later.map(({ name }) => name);
  const closing = closingOf(
    [seal, ...later, sheet],
    { exportId, archiveDigest: writer.digest(), sheet: named },
    signer,
  );
  writer.add(closing.name, closing.bytes, closing.bytes);
  return writer.finish();
}

/** The sheet that this manifest gives, as far as it gives any; else the one that was there. */
function sheetOf(tampered: Tampered, archive: Uint8Array, members: readonly Member[]): Uint8Array {
  try {
    const manifest = JSON.parse(tampered.text('data/manifest.json')) as Manifest;
    const last = tampered.text('data/journal/events.ndjson').trimEnd().split('\n').at(-1)!;
    const [sheet] = afterSeal({ manifest, moment: JSON.parse(last) as Moment }, members);
    return sheet!.bytes;
  } catch (error) {
    if (error instanceof Error) return unzip(archive).members.get(sheetMember)!;
    throw error;
  }
}
