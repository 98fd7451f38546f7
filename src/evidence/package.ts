import type { Signer } from '../journal/keys.ts';
import { baggedOf, contentsOf } from './contents.ts';
import { leftOutOf } from './exhibitMembers.ts';
import { exhibitEntries } from './exhibits.ts';
import { fileNameOf, type Manifest, type PackageLanguage } from './manifest.ts';
import { demandSealable, journalMembers, type PackageSource, Unsealable } from './packageSource.ts';
import { closed } from './reclosing.ts';
import { sealedMember } from './seal.ts';
import { packageSoftware } from './software.ts';
import type { OnStage } from './stage.ts';
import type { Profile, WorkDescription } from './work.ts';
import { dosStamp, ZipWriter } from './zip.ts';

export interface ExportOptions {
  readonly work: WorkDescription;
  readonly profile: Profile;
  readonly language: PackageLanguage;
  /** Names of exhibits whose bytes are left out, as `EX-01`. */
  readonly withheldExhibits?: ReadonlySet<string>;
  /** Its key must stand in a `key` event of the source. */
  readonly signer: Signer;
  readonly onStage?: OnStage;
}

export interface EvidencePackage {
  readonly archive: Uint8Array;
  readonly manifest: Manifest;
  /** Name to save it under: ASCII, `<title>-evidence-<export id>.zip`. */
  readonly fileName: string;
}

/**
 * The evidence package of a journal up to a checkpoint: a BagIt bag, sealed, in a reproducible ZIP. The
 * bytes follow from the source, the options and this software's version alone: no clock, no zone and
 * no language of the machine has a part in them. Throws Unsealable when the journal is not what its
 * checkpoint says or does not know the key.
 */
export function exportPackage(source: PackageSource, options: ExportOptions): EvidencePackage {
  const { work, profile, language, signer, withheldExhibits = new Set(), onStage } = options;
  const exhibit = (digest: string) => source.exhibit?.(digest);
  demandSealable(source);
  if (!knowsKey(source, signer.publicKey)) throw new Unsealable('keyNotInJournal');
  const left = leftOutOf(exhibitEntries(source.id, source.events()), withheldExhibits, exhibit);
  const described = { software: packageSoftware, profile, language, work, key: signer.fingerprint };
  const inputs = { ...described, ...(left.length > 0 && { exhibitsLeftOut: left }) };
  const contents = contentsOf(source, journalMembers(source), inputs, signer.publicKey, exhibit, onStage);
  onStage?.('packing');
  const { manifest, moment } = contents;
  const members = baggedOf(contents);
  const writer = new ZipWriter(dosStamp(moment.time, moment.zone));
  for (const { name, bytes } of members) writer.add(name, bytes);
  const facts = {
    exportId: manifest.exportId,
    journal: source.id,
    size: source.size,
    root: source.root,
    archiveDigest: writer.digest(),
  };
  onStage?.('sealing');
  const seal = sealedMember(members, facts, signer);
  writer.add(seal.name, seal.bytes);
  const archive = closed(writer, contents, [...members, seal], signer);
  return { archive, manifest, fileName: fileNameOf(manifest) };
}

function knowsKey(source: PackageSource, publicKey: string): boolean {
  for (const event of source.events()) if (event.kind === 'key' && event.publicKey === publicKey) return true;
  return false;
}
