import { hash } from 'node:crypto';
import { canonicalJson } from '../journal/canonical.ts';
import type { FileFormat } from '../journal/event.ts';
import type { SerialSet } from '../journal/serialSet.ts';
import type { Provenance } from '../provenance/provenance.ts';
import { type Member, textMember } from './bag.ts';
import type { Contents } from './contents.ts';
import type { ExhibitLeftOut, PackagedExhibit } from './exhibitMembers.ts';
import type { SealedSource } from './integrity.ts';
import type { Taken, TakenAccount, TakenOut } from './takenOut.ts';
import { emptyFields } from './work/needs.ts';
import type { Profile, WorkDescription } from './work.ts';
import type { LeftOut, Works } from './works.ts';

export const manifestMember = 'data/manifest.json';
export const manifestVersion = 1;

export type PackageLanguage = 'en' | 'ru' | 'kk';

/** What a package is made from beside the journal: these and the journal decide every byte but the signatures. */
export interface PackageInputs {
  /** `holograph/<version>` that made it. */
  readonly software: string;
  readonly profile: Profile;
  readonly language: PackageLanguage;
  readonly work: WorkDescription;
  /** Fingerprint of the key that seals. */
  readonly key: string;
  /** Exhibits that stand and whose bytes it does not hold. Absent: none. */
  readonly exhibitsLeftOut?: readonly ExhibitLeftOut[];
}

/** `data/manifest.json`: what the package holds, and what it does not. Form: `media/schema/manifest.schema.json`. */
export interface Manifest extends PackageInputs {
  readonly schema: 'holograph.package';
  readonly version: typeof manifestVersion;
  readonly exportId: string;
  /** Fields of the description that the author left empty. */
  readonly emptyFields: readonly string[];
  readonly journals: readonly { readonly journal: string; readonly size: number; readonly root: string }[];
  readonly files: readonly ManifestFile[];
  readonly leftOut: readonly LeftOut[];
  /** Exhibits that it holds. Absent: none. */
  readonly exhibits?: readonly PackagedExhibit[];
  /** Absent where all of the texts is there. */
  readonly takenOut?: TakenOut;
}

export interface ManifestFile {
  readonly path: string;
  readonly member: string;
  readonly document: number;
  readonly format: FileFormat;
  readonly bytes: number;
  readonly fileDigest: string;
  /** What the last event on the file states of its bytes; null when none does. */
  readonly statedDigest: string | null;
  readonly textDigest: string;
  /** UTF-16 units of its text that are not there: blanks stand for them. Absent where there are none. */
  readonly blanks?: number;
}

export function manifestOf(
  source: SealedSource,
  inputs: PackageInputs,
  works: Works,
  { takenOut, serials, exhibits }: Pick<TakenAccount, 'takenOut' | 'serials'> & Pick<Contents, 'exhibits'>,
): Manifest {
  return {
    schema: 'holograph.package',
    version: manifestVersion,
    exportId: exportIdOf(source, inputs),
    ...inputs,
    emptyFields: emptyFields(inputs.work, inputs.profile),
    journals: [{ journal: source.id, size: source.size, root: source.root }],
    files: works.files.map(({ path, member, document, format, fileDigest, statedDigest, textDigest }) => ({
      path,
      member: member.name,
      document: document.document,
      format,
      bytes: member.bytes.length,
      fileDigest,
      statedDigest,
      textDigest,
      ...blanksIn(document.provenance, serials),
    })),
    leftOut: works.leftOut,
    ...(exhibits.length > 0 && { exhibits }),
    ...(takenOut && { takenOut }),
  };
}

function blanksIn(provenance: Provenance, serials: SerialSet): Pick<ManifestFile, 'blanks'> {
  if (serials.isEmpty) return {};
  let blanks = 0;
  for (const { from, to } of serials.within(provenance.spans())) blanks += to - from;
  return blanks === 0 ? {} : { blanks };
}

/** Names one export: the same inputs give the same id, other inputs another. 16 hexadecimal digits. */
export function exportIdOf({ id, size, root, timeStamps = [], taken }: SealedSource, inputs: PackageInputs): string {
  // A checkpoint may be stamped after it was exported: then the next package is another one.
  const stamped =
    timeStamps.length === 0 ? {} : { timeStamps: timeStamps.map(({ answer }) => hash('sha256', answer, 'hex')) };
  const left = taken === undefined || taken.size === 0 ? {} : { taken: takenList(taken) };
  return hash('sha256', canonicalJson({ journal: id, size, root, inputs, ...stamped, ...left }), 'hex').slice(0, 16);
}

/** Of each event of which something is not there: its sequence, and the ranks of those salted parts. */
function takenList(taken: Taken): (readonly [number, readonly number[]])[] {
  const ranks = (flags: readonly boolean[]) => flags.flatMap((gone, i) => (gone ? [i] : []));
  return [...taken].sort(([a], [b]) => a - b).map(([sequence, flags]) => [sequence, ranks(flags)]);
}

export function manifestJson(manifest: Manifest): Member {
  return textMember(manifestMember, `${canonicalJson(manifest)}\n`);
}

/** Name to save a package under: ASCII, `<title>-evidence-<export id>.zip`. */
export function fileNameOf({ work, exportId }: Manifest): string {
  const title = work.title.en ?? work.title.und ?? '';
  const slug = title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 40);
  return `${slug || 'work'}-evidence-${exportId}.zip`;
}
