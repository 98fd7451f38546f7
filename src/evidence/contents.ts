import { Replay } from '../journal/replay.ts';
import type { StatedRedaction } from '../journal/verifyRedactions.ts';
import { bagTags, type Member, textMember } from './bag.ts';
import { Chronicle } from './chronicle.ts';
import { sheetMember } from './closing.ts';
import { custodyMember } from './custody.ts';
import { type ExhibitLeftOut, type ExhibitSource, exhibitMembers, type PackagedExhibit } from './exhibitMembers.ts';
import { formMembers } from './forms/members.ts';
import type { SealedSource } from './integrity.ts';
import { labelMembers } from './labels.ts';
import { type Manifest, manifestJson, manifestOf, type PackageInputs } from './manifest.ts';
import { type Moment, stamp } from './moment.ts';
import { byCodeUnit } from './names.ts';
import { originMember } from './origins.ts';
import { Outputs } from './outputs.ts';
import { checkpointMembers } from './packageSource.ts';
import { packageText } from './packageTexts.ts';
import { printer } from './printer.ts';
import { promptMembers } from './promptMembers.ts';
import { readmeMember } from './readme.ts';
import { redactionMember } from './redactionMember.ts';
import { makeReport } from './report.ts';
import { printedMembers, reportMembers } from './reportMembers.ts';
import { reread } from './rereading.ts';
import { reviewMembers } from './reviews.ts';
import { noticeMembers, rightsMembers } from './rightsMembers.ts';
import { roCrateMembers } from './roCrate.ts';
import { schemaMembers } from './schemaMembers.ts';
import { keyMember } from './seal.ts';
import { sealSheet } from './sealSheet.ts';
import { spansMember } from './spanLines.ts';
import type { OnStage } from './stage.ts';
import { takenAccount } from './takenOut.ts';
import { timeStampMembers } from './timeStamps/members.ts';
import { guideOf } from './verifyGuide.ts';
import { pageMember, verifyPageMember } from './verifyPageMember.ts';
import { verifyScriptMember } from './verifyScript.ts';
import { Versions } from './versions.ts';
import { isListed, worksOf } from './works.ts';

/** A package without lists and seal. */
export interface Contents {
  readonly manifest: Manifest;
  /** Time of the last event: the package's own date. */
  readonly moment: Moment;
  /** Under `data/`, and beside it. */
  readonly payload: readonly Member[];
  readonly tags: readonly Member[];
  readonly exhibits: readonly PackagedExhibit[];
  /** What the manifest may say of exhibits that are not here. */
  readonly exhibitsLeftOut: readonly ExhibitLeftOut[];
  /** Names of members that cannot be made here; they stand above without their bytes. */
  readonly unmade: ReadonlySet<string>;
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
  onStage: OnStage = () => undefined,
): Contents {
  onStage('reading');
  const replay = new Replay({ checks: true });
  const chronicle = Chronicle.read(source, replay);
  const listed = inputs.work.files;
  const works = worksOf(replay.documents.values(), listed);
  const inWork = new Set(works.files.map(({ document }) => document.document));
  const account = takenAccount(source, chronicle.kept.redaction, source.taken);
  const { exhibits, leftOut, members } = exhibitMembers(chronicle, inputs.exhibitsLeftOut ?? [], exhibit);
  const manifest = manifestOf(source, inputs, works, { ...account, exhibits });
  const moment = chronicle.last ?? { time: 0, zone: 0 };
  onStage('measuring');
  const report = makeReport([source], { work: inputs.work, profile: inputs.profile });
  const redacted = redactionMember(chronicle, account);
  const versions = new Versions(
    source.id,
    document => inWork.has(document.document) || isListed(document.path, listed),
  );
  const outputs = new Outputs(source.id);
  reread(source, chronicle, { versions, outputs });
  onStage('printing');
  const forms = formMembers(report, manifest);
  const described = [
    ...record,
    ...(redacted ? [redacted] : []),
    textMember('data/journal/checkpoint.txt', source.checkpoints.at(-1) ?? ''),
    ...works.files.map(({ member }) => member),
    spansMember(chronicle, works.files),
    ...versions.members(),
    ...promptMembers(chronicle),
    ...outputs.members(),
    ...members,
    ...reviewMembers(chronicle),
    ...labelMembers(chronicle),
    ...rightsMembers(chronicle),
    ...noticeMembers(report, manifest),
    originMember(report, works.files),
    ...reportMembers(report, manifest),
    ...forms.members,
    custodyMember(chronicle),
    ...schemaMembers(),
    manifestJson(manifest),
  ];
  const payload = [...described, ...roCrateMembers(manifest, report, described)];
  const timeStamps = timeStampMembers(source);
  const page = verifyPageMember();
  const unmade = new Set([...(printer ? [] : [...printedMembers, ...forms.printed]), ...(page ? [] : [pageMember])]);
  const tags = [
    page ?? { name: pageMember, bytes: new Uint8Array(0) },
    readmeMember(manifest, moment, { payload, timeStamps }),
    guideOf(manifest, timeStamps),
    verifyScriptMember(),
    ...timeStamps,
    textMember(keyMember, publicKey),
    ...checkpointMembers(source.checkpoints),
  ];
  const { redactions } = account;
  return { manifest, moment, payload, tags, exhibits, exhibitsLeftOut: leftOut, unmade, redactions };
}

/**
 * What is made once the seal is there, and speaks of it. `members`: all others, the seal included. Without a printer the
 * sheet is empty.
 */
export function afterSeal(
  { manifest, moment }: Pick<Contents, 'manifest' | 'moment'>,
  members: readonly Member[],
): readonly Member[] {
  const about = {
    title: packageText(manifest.language, 'sheet.title'),
    language: manifest.language,
    date: new Date(stamp(moment)),
  };
  const bytes = printer?.sheet(sealSheet(manifest, moment, members), about) ?? new Uint8Array(0);
  return [{ name: sheetMember, bytes }];
}

/** All members but the seal and what comes after it, by name. */
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
