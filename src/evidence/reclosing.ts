import type { Signer } from '../journal/keys.ts';
import type { Member } from './bag.ts';
import { closingMember, closingOf, isAfterSeal, sheetMember, sheetSpeaksOf } from './closing.ts';
import { afterSeal, type Contents } from './contents.ts';
import { type Manifest, manifestMember } from './manifest.ts';
import type { Moment } from './moment.ts';
import { byCodeUnit } from './names.ts';
import { eventsMember } from './packageSource.ts';
import { sealMember } from './seal.ts';
import { packageSoftware } from './software.ts';
import { unzip } from './unzip.ts';
import { ZipWriter } from './zip.ts';

/**
 * Ends an archive that was written up to its seal: the sheet, which speaks of all that is there, and the closing.
 * `sealed`: all members so far.
 */
export function closed(
  writer: ZipWriter,
  contents: Pick<Contents, 'manifest' | 'moment'>,
  sealed: readonly Member[],
  signer: Signer,
): Uint8Array {
  return ended(writer, contents.manifest, sealed, [], afterSeal(contents, sealed), [], signer);
}

/**
 * A sealed package with more behind its seal, closed anew. Everything up to the seal keeps its bytes. The sheet is made
 * anew too where this version made the package; else it stays and does not know of what was added. `archive`: one that
 * verifies; the signer is who sealed it. `added`: by names that are not taken.
 */
export function reclosed(archive: Uint8Array, added: readonly Member[], signer: Signer): Uint8Array {
  const { members, entries, stamp } = unzip(archive);
  const upTo = entries.findIndex(({ name }) => name === sealMember) + 1;
  const all = [...members].map(([name, bytes]): Member => ({ name, bytes }));
  const sealed = all.slice(0, upTo);
  const later = [...all.filter(({ name }) => isAfterSeal(name) && name !== sheetMember), ...added].sort((a, b) =>
    byCodeUnit(a.name, b.name),
  );
  const manifest = JSON.parse(Buffer.from(members.get(manifestMember)!).toString('utf8')) as Manifest;
  const writer = ZipWriter.behind(archive, entries.slice(0, upTo), stamp);
  if (manifest.software !== packageSoftware) {
    const sheet = { name: sheetMember, bytes: members.get(sheetMember)! };
    return ended(writer, manifest, sealed, later, [sheet], sheetSpeaksOf(members) ?? [], signer);
  }
  const sheet = afterSeal({ manifest, moment: lastMoment(members.get(eventsMember)!) }, [...sealed, ...later]);
  const names = later.map(({ name }) => name);
  return ended(writer, manifest, sealed, later, sheet, names, signer);
}

function ended(
  writer: ZipWriter,
  { exportId }: Pick<Manifest, 'exportId'>,
  sealed: readonly Member[],
  later: readonly Member[],
  sheet: readonly Member[],
  speaksOf: readonly string[],
  signer: Signer,
): Uint8Array {
  const after = [...later, ...sheet].sort((a, b) => byCodeUnit(a.name, b.name));
  for (const { name, bytes } of after) writer.add(name, bytes);
  const seal = sealed.filter(({ name }) => name === sealMember);
  const predicate = { exportId, archiveDigest: writer.digest(), sheet: speaksOf };
  const closing = closingOf([...seal, ...after], predicate, signer);
  writer.add(closingMember, closing.bytes, closing.bytes);
  return writer.finish();
}

/** Time and zone of the last event: the date of all that follows from the events. */
function lastMoment(events: Uint8Array): Moment {
  const bytes = Buffer.from(events.buffer, events.byteOffset, events.byteLength);
  const start = bytes.lastIndexOf(0x0a, bytes.length - 2) + 1;
  const { time, zone } = JSON.parse(bytes.toString('utf8', start)) as Moment;
  return { time, zone };
}
