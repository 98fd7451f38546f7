import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Manifest } from '../evidence/manifest.ts';
import type { EvidencePackage } from '../evidence/package.ts';
import { packageSourceOf, Unsealable } from '../evidence/packageSource.ts';
import { withholding } from '../evidence/takenOut.ts';
import { fieldName } from '../evidence/work/words.ts';
import { type Profile, profiles } from '../evidence/work.ts';
import { recordedBeside } from '../evidence/works.ts';
import { parseCheckpoint } from '../journal/checkpoint.ts';
import { exhibitName, exhibitsOf } from '../journal/exhibits.ts';
import { Fault } from '../journal/fault.ts';
import { readableFingerprint } from '../journal/keys.ts';
import { occurrences } from '../journal/occurrences.ts';
import { checkpointed, signerFor } from './checkpointed.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { keepExport } from './exported.ts';
import { reading, recordedFor, textOf, workOf } from './journals.ts';
import { writeWhole } from './output.ts';
import { type StampedPackage, withSealStamps } from './sealStamps.ts';
import { refusalOf, targetOptions, targetsOf } from './targets.ts';
import { rootsIn, type ServerAnswer, serversNamed } from './timestamp.ts';
import { otherJournals } from './workJournals.ts';

/** What `holograph export --json` prints. Form: `media/schema/export.schema.json`. */
export interface ExportDocument {
  readonly schema: 'holograph.export';
  readonly version: 1;
  readonly file: string;
  readonly exportId: string;
  readonly journal: string;
  /** Events that the package holds. */
  readonly size: number;
  readonly root: string;
  /** Fingerprint of the key that sealed it. */
  readonly key: string;
  readonly emptyFields: readonly string[];
  /** Recorded files that are not in the work; the package's journal holds their text too. */
  readonly alsoRecorded: readonly string[];
  /** What time stamp servers answered about the seal; absent where none was named. */
  readonly servers?: readonly ServerAnswer[];
}

export const exportCommand: Command = {
  name: 'export',
  usage: '--out PATH [--profile PROFILE] [--at CHECKPOINT] [--withhold-…] [--server URL]…',
  about: 'help.export',
  options: {
    out: { about: 'help.out', value: 'PATH' },
    profile: { about: 'help.profile', value: 'PROFILE' },
    at: { about: 'help.at', value: 'CHECKPOINT' },
    ...targetOptions('withhold-'),
    'withhold-exhibit': { about: 'help.withholdExhibit', value: 'EX-NN', several: true },
    server: { about: 'help.serverSeal', value: 'URL', several: true },
    roots: { about: 'help.roots', value: 'FILE' },
  },
  async run(call) {
    const out = call.option('out');
    if (out === undefined) throw new Refusal('error.missing', { what: '--out PATH' });
    const clocks = { servers: serversNamed(call), roots: rootsIn(call) };
    const made = await withSealStamps(call, await packageOf(call), clocks);
    const file = fileFor(resolve(call.io.cwd, out), made.fileName);
    writeWhole(file, made.archive);
    keepExport(call, made);
    answer(call, file, made);
    noteOthers(call, recordedBeside(made.manifest.leftOut));
    noteWords(call, made.manifest);
    noteJournals(call);
    return 0;
  },
};

async function packageOf(call: Call): Promise<EvidencePackage> {
  // Loaded where it is asked for: what sets pages for print weighs more than all the rest.
  const { exportPackage } = await import('../evidence/package.ts');
  const { consented } = recordedFor(call);
  const work = workOf(call, consented.folder);
  const profile = profileOf(call.option('profile') ?? work.profile ?? 'generic');
  const signer = signerFor(call.io);
  const asked = call.option('at');
  const at =
    asked === undefined
      ? checkpointed(consented.file, signer, { passesExports: true })
      : sizeOf(call, consented.file, asked);
  try {
    const withheldExhibits = exhibitsNamed(call, consented.file);
    const options = { work, profile, language: call.words.language, signer, withheldExhibits, onStage: call.stage };
    const choice = { at: String(at), publicKey: signer.publicKey };
    const targets = targetsOf(call, 'withhold-', consented.folder);
    return reading(consented.file, reader => {
      const source = packageSourceOf(reader, choice);
      return exportPackage(targets.length === 0 ? source : withholding(source, targets), options);
    });
  } catch (error) {
    if (error instanceof Unsealable) throw new Refusal('error.sealed', { code: error.code }, error);
    throw refusalOf(error);
  }
}

/** Throws Refusal where there is no such exhibit: what is to stay out must not go out by a slip. */
function exhibitsNamed(call: Call, file: string): ReadonlySet<string> {
  const asked = call.values('withhold-exhibit').map(name => name.toUpperCase());
  const known = asked.length === 0 ? [] : reading(file, reader => exhibitsOf(reader.events()));
  const names = new Set(known.map(({ number }) => exhibitName(number)));
  const stranger = asked.find(name => !names.has(name));
  if (stranger !== undefined) throw new Refusal('error.noTarget', { target: stranger });
  return new Set(asked);
}

function profileOf(profile: string): Profile {
  const found = profiles.find(one => one === profile);
  if (found === undefined) throw new Refusal('error.profile', { profile, profiles: profiles.join(', ') });
  return found;
}

/** `asked`: the size of one of the journal's checkpoints, or a file with its signed note. */
function sizeOf(call: Call, file: string, asked: string): number {
  const kept = reading(file, reader => reader.checkpoints());
  const found = /^\d+$/.test(asked)
    ? kept.find(({ size }) => size === Number(asked))
    : kept.find(({ note }) => note === noteIn(resolve(call.io.cwd, asked)));
  if (found === undefined) throw new Refusal('error.checkpoint', { checkpoint: asked });
  return found.size;
}

/** A signed note from a file. Throws Refusal `error.checkpoint` where it is none. */
function noteIn(file: string): string {
  const note = textOf(file);
  try {
    parseCheckpoint(note);
    return note;
  } catch (error) {
    if (error instanceof Fault) throw new Refusal('error.checkpoint', { checkpoint: file }, error);
    throw error;
  }
}

/** A package holds one journal: who makes it must know that the work has more. */
function noteJournals(call: Call): void {
  const journals = otherJournals(call, recordedFor(call).consented);
  if (journals.length > 0) call.note(call.words.t('export.otherJournals', { journals: journals.join(', ') }));
}

function fileFor(out: string, name: string): string {
  return existsSync(out) && statSync(out).isDirectory() ? join(out, name) : out;
}

function answer({ json, words, print, document }: Call, file: string, { manifest, servers }: StampedPackage): void {
  const { exportId, emptyFields, key } = manifest;
  const alsoRecorded = recordedBeside(manifest.leftOut);
  const [{ journal, size, root }] = manifest.journals as [EvidencePackage['manifest']['journals'][number]];
  if (json) {
    const head = { schema: 'holograph.export', version: 1 } as const;
    const sealed = { exportId, journal, size, root, key };
    document({
      ...head,
      file,
      ...sealed,
      emptyFields,
      alsoRecorded,
      ...(servers && { servers }),
    } satisfies ExportDocument);
    return;
  }
  print(words.t('export.written', { file }));
  print(words.t('export.id', { id: exportId }));
  print(words.t('export.key', { key: readableFingerprint(key) }));
  const fields = emptyFields.map(field => fieldName(field, words.language));
  if (fields.length > 0) print(words.t('export.empty', { fields: fields.join(', ') }));
}

/** Words that were to be withheld and stand in the package all the same: in names and descriptions, which are no texts. */
function noteWords(call: Call, manifest: Manifest): void {
  const needles = [
    ...call.values('withhold-text').map(text => ({ text, word: false })),
    ...call.values('withhold-name').map(text => ({ text, word: true })),
  ];
  if (needles.length === 0) return;
  const names = [...manifest.files, ...manifest.leftOut].map(({ path }) => path);
  const told = [JSON.stringify(manifest.work), ...names].filter(text => !occurrences(text, needles).next().done);
  if (told.length > 0) call.note(call.words.t('export.stillThere', { places: told.slice(0, 8).join(', ') }));
}

/** Who hands on a package must know what else its journal tells. Names of the first few; `--json` has all. */
function noteOthers({ words, note }: Call, others: readonly string[]): void {
  if (others.length === 0) return;
  const named = others.slice(0, 8).map(name => name.replace(/\p{Cc}+/gu, ' '));
  const files = [...named, ...(others.length > named.length ? ['…'] : [])].join(', ');
  note(words.t('export.alsoRecorded', { count: others.length, files }));
}
