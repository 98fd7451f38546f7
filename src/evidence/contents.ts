import { Replay } from '../journal/replay.ts';
import type { StatedRedaction } from '../journal/verifyRedactions.ts';
import { bagTags, type Member, textMember } from './bag.ts';
import { Chronicle } from './chronicle.ts';
import { type ExhibitSource, exhibitMembers, type PackagedExhibit } from './exhibitMembers.ts';
import type { SealedSource } from './integrity.ts';
import { type Manifest, manifestJson, manifestOf, type PackageInputs } from './manifest.ts';
import { type Moment, stamp } from './moment.ts';
import { byCodeUnit } from './names.ts';
import { checkpointMembers } from './packageSource.ts';
import { promptMembers } from './promptMembers.ts';
import { readmeMember } from './readme.ts';
import { reportMembers } from './reportMembers.ts';
import { keyMember } from './seal.ts';
import { spansMember } from './spanLines.ts';
import { takenAccount } from './takenOut.ts';
import { timeStampMembers } from './timeStamps/members.ts';
import { worksOf } from './works.ts';

/** A package without lists and seal. */
export interface Contents {
  readonly manifest: Manifest;
  /** Time of the last event: the package's own date. */
  readonly moment: Moment;
  /** Under `data/`, and beside it. */
  readonly payload: readonly Member[];
  readonly tags: readonly Member[];
  readonly exhibits: readonly PackagedExhibit[];
  /** Redactions that the journal tells of. */
  readonly redactions: readonly StatedRedaction[];
}

/**
 * Every member of a package but lists and seal, from the journal, its checkpoints, the inputs and the
 * public key alone. The export writes what this gives, and the verifier compares with what this gives:
 * so a package has no byte that does not follow from the events. `record`: the members that hold the
 * journal itself; `exhibit`: bytes of exhibits, which no event holds but their digest. Throws Misfit where the events do not fit each other.
 */
export function contentsOf(
  source: SealedSource,
  record: readonly Member[],
  inputs: PackageInputs,
  publicKey: string,
  exhibit: ExhibitSource = () => undefined,
): Contents {
  const replay = new Replay({ checks: true });
  const chronicle = Chronicle.read(source, replay);
  const works = worksOf(replay.documents.values(), inputs.work.files);
  const account = takenAccount(source, chronicle.kept.redaction, source.taken);
  const { exhibits, members } = exhibitMembers(chronicle, inputs.exhibitsLeftOut ?? [], exhibit);
  const manifest = manifestOf(source, inputs, works, { ...account, exhibits });
  const moment = chronicle.last ?? { time: 0, zone: 0 };
  const payload = [
    ...record,
    textMember('data/journal/checkpoint.txt', source.checkpoints.at(-1) ?? ''),
    ...works.files.map(({ member }) => member),
    spansMember(chronicle, works.files),
    ...promptMembers(chronicle),
    ...members,
    ...reportMembers(source, inputs),
    manifestJson(manifest),
  ];
  const timeStamps = timeStampMembers(source);
  const tags = [
    readmeMember(manifest, moment, timeStamps),
    ...timeStamps,
    textMember(keyMember, publicKey),
    ...checkpointMembers(source.checkpoints),
  ];
  return { manifest, moment, payload, tags, exhibits, redactions: account.redactions };
}

/** All members but the seal, by name. */
export function baggedOf({ manifest, moment, payload, tags }: Contents): readonly Member[] {
  const members = [...payload, ...tags, ...bagTags(payload, tags, descriptionOf(manifest, moment))];
  return members.sort((a, b) => byCodeUnit(a.name, b.name));
}

/** `bag-info.txt`: labels of RFC 8493 where it has one. An empty field of the description has no line. */
function descriptionOf(manifest: Manifest, moment: Moment): [string, string][] {
  const { work } = manifest;
  return [
    ['Source-Organization', work.authors.map(({ name }) => name).join(', ')],
    ['External-Description', work.title.en ?? work.title.und ?? work.title.ru ?? work.title.kk ?? ''],
    ['External-Identifier', manifest.exportId],
    ['Bagging-Date', stamp(moment).slice(0, 10)],
    ['Bag-Software-Agent', manifest.software],
  ].filter((line): line is [string, string] => line[1] !== '');
}
