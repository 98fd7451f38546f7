import type { Consented } from '../journal/catalogue.ts';
import type { DocumentState } from '../journal/documentState.ts';
import type { LabelForm, LabelLevel } from '../journal/labelEvent.ts';
import { type Label, type LabelWording, labelWordings } from '../rights/label.ts';
import { type LabelFacts, labelLevels } from '../rights/labelFacts.ts';
import type { ChangedFile } from '../rights/labelFile.ts';
import { hasSidecar, sidecarOf, sidecarText } from '../rights/labelForm.ts';
import type { LabelFault } from '../rights/labelLint.ts';
import type { Change } from '../text/change.ts';
import { type Call, type Command, Refusal } from './command.ts';
import { reading, recordedFor, workOf } from './journals.ts';
import { type LabelChoice, type LabelDefaults, type LabelObstacle, LabelTarget, labelIn } from './labelPlan.ts';
import { printFaults, printLabels, trailersOf } from './labelPrint.ts';
import { LabelRecord } from './labelRecord.ts';
import { carryOut } from './labelWrite.ts';
import { languages } from './words.ts';

/** What `holograph label --json` prints. Form: `media/schema/labels.schema.json`. */
export interface LabelsDocument {
  readonly schema: 'holograph.labels';
  readonly version: 1;
  readonly journal: string;
  /** Nothing was written. */
  readonly dryRun: boolean;
  readonly files: readonly LabelledEntry[];
}

export interface LabelledEntry {
  readonly file: string;
  readonly form: LabelForm;
  /** `none`: no label stands there, and none is needed or chosen. */
  readonly did: 'written' | 'changed' | 'unchanged' | 'removed' | 'none' | 'cannot';
  readonly why: LabelObstacle | null;
  /** What the record has of the text, its label aside; characters are code points. */
  readonly facts: LabelFacts;
  /** The least that a label must say, and what is proposed; null: the record has no AI text here. */
  readonly least: LabelLevel | null;
  readonly proposed: LabelLevel | null;
  readonly label: Label | null;
  /** Name of the file beside, where this form has one. */
  readonly beside: string | null;
  /** What is put into the file, in offsets of its text with `\n` line ends, as it stood before. */
  readonly changes: readonly Change[];
  /** What speaks against the label as it stood before; see `labelLint.ts`. */
  readonly faults: readonly LabelFault[];
}

export const labelCommand: Command = {
  name: 'label',
  usage: '[FILE…] [--level LEVEL] [--remove | --check | --trailer] [--dry-run]',
  about: 'help.label',
  options: {
    level: { about: 'help.labelLevel', value: 'LEVEL' },
    reviewed: { about: 'help.labelReviewed' },
    unreviewed: { about: 'help.labelUnreviewed' },
    wording: { about: 'help.labelWording', value: 'WORDING' },
    in: { about: 'help.labelIn', value: 'TAG' },
    china: { about: 'help.labelChina' },
    remove: { about: 'help.labelRemove' },
    check: { about: 'help.labelCheck' },
    trailer: { about: 'help.labelTrailer' },
    'dry-run': { about: 'help.labelDryRun' },
  },
  async run(call) {
    const { consented, paths } = recordedFor(call);
    const choice = choiceOf(call);
    const plans = reading(consented.file, reader => {
      const record = new LabelRecord(reader);
      const defaults = defaultsOf(call, consented.folder);
      const targets = targetsOf(record, consented.folder, paths, defaults.files);
      return { journal: reader.id, plans: targets.map(target => planned(target, call, choice, defaults)) };
    });
    if (call.flag('trailer')) return trailers(call, plans.plans);
    const dryRun = call.flag('dry-run') || call.flag('check');
    if (!dryRun) await carryOut(call, consented, plans.plans);
    const files = plans.plans.map(({ entry }) => entry);
    if (call.json)
      call.document({
        schema: 'holograph.labels',
        version: 1,
        journal: plans.journal,
        dryRun,
        files,
      } satisfies LabelsDocument);
    else if (call.flag('check')) printFaults(call, files);
    else printLabels(call, files, dryRun);
    if (call.flag('check')) return files.some(({ faults }) => faults.length > 0) ? 1 : 0;
    return files.some(({ did }) => did === 'cannot') ? 1 : 0;
  },
};

/** What speaks against the labels of recorded files, as `--check` finds it. */
export function labelFaultsIn(
  call: Call,
  { file, folder }: Consented,
  paths: readonly string[],
): readonly (LabelFault & { readonly file: string })[] {
  return reading(file, reader => {
    // What is wrong with the description is told beside.
    const defaults = defaultsOf({ ...call, note: () => undefined }, folder);
    const targets = targetsOf(new LabelRecord(reader), folder, paths, defaults.files);
    return targets.flatMap(target => target.faults(defaults).map(fault => ({ ...fault, file: target.path })));
  });
}

/** What is to be done with one file. */
export interface Plan {
  readonly entry: LabelledEntry;
  readonly target: LabelTarget;
  readonly changed: ChangedFile | undefined;
  /** What is to stand beside; null: nothing is to. */
  readonly beside: string | null;
}

function planned(target: LabelTarget, call: Call, choice: LabelChoice, defaults: LabelDefaults): Plan {
  const { path: file, form, facts, least = null, proposed = null } = target;
  const faults = target.faults(defaults);
  const about = { file, form, facts, least, proposed, beside: hasSidecar(form) ? sidecarOf(file) : null, faults };
  const remove = call.flag('remove');
  const label = remove ? undefined : target.label(choice, defaults);
  const cannot = (why: LabelObstacle): Plan => ({
    entry: { ...about, did: 'cannot', why, label: null, changes: [] },
    target,
    changed: undefined,
    beside: null,
  });
  if (!remove && label === undefined)
    return {
      entry: { ...about, did: 'none', why: null, label: null, changes: [] },
      target,
      changed: undefined,
      beside: null,
    };
  if (typeof label === 'string') return cannot(label);
  if (target.file === undefined) return cannot('unrecorded');
  if (target.hasForeign) return cannot('foreign');
  const changes = target.changes(label);
  const changed = target.changed(changes);
  if (changed === undefined) return cannot('letters');
  const beside = label !== undefined && hasSidecar(form) ? sidecarText(label) : null;
  // A file beside that is none of ours stays.
  const besideStays = target.beside !== undefined && labelIn(target.beside) === undefined;
  const same = changes.length === 0 && (besideStays || (target.beside ?? null) === beside) && target.written === label;
  const did = same ? (remove ? 'none' : 'unchanged') : remove ? 'removed' : target.isLabelled ? 'changed' : 'written';
  return {
    entry: { ...about, did, why: null, label: label ?? null, changes },
    target,
    changed,
    beside: besideStays ? (target.beside ?? null) : beside,
  };
}

/** The recorded files that are named; else those of the work. What lies beside a file to label it is none. */
function targetsOf(
  record: LabelRecord,
  folder: string,
  paths: readonly string[],
  files: readonly string[],
): LabelTarget[] {
  const { state } = record;
  if (paths.length > 0)
    return paths.map(path => {
      const document = state.at(path);
      if (document === undefined || !document.present) throw new Refusal('error.noFile', { path });
      return new LabelTarget(record, folder, document);
    });
  return [...state.documents.values()]
    .filter(document => document.present && isOfWork(record, document, files))
    .sort((a, b) => (a.path! < b.path! ? -1 : 1))
    .map(document => new LabelTarget(record, folder, document));
}

/** One of the work's files, as its description names them, or all but the description; and what bears a label. */
function isOfWork(record: LabelRecord, document: DocumentState, files: readonly string[]): boolean {
  const { path } = document;
  if (path === undefined || path.endsWith('.label.json')) return false;
  if (record.lastLabel(document)?.act === 'written') return true;
  if (files.length === 0) return path !== 'holograph.json';
  return files.some(name => path === name || path.startsWith(`${name.replace(/\/$/, '')}/`));
}

function trailers(call: Call, plans: readonly Plan[]): number {
  const lines = trailersOf(plans.map(({ entry }) => entry));
  for (const line of lines) call.print(line);
  return 0;
}

function choiceOf(call: Call): LabelChoice {
  const level = one(call, 'level', labelLevels);
  const wording = one<LabelWording>(call, 'wording', labelWordings);
  const language = one(call, 'in', languages);
  if (call.flag('reviewed') && call.flag('unreviewed'))
    throw new Refusal('error.arguments', { detail: '--unreviewed' });
  const reviewed = call.flag('reviewed') ? true : call.flag('unreviewed') ? false : undefined;
  return {
    ...(level && { level }),
    ...(wording && { wording }),
    ...(reviewed !== undefined && { reviewed }),
    ...(language && { language }),
    ...(call.flag('china') && { china: true }),
  };
}

function one<T extends string>(call: Call, name: string, all: readonly T[]): T | undefined {
  const asked = call.option(name);
  const found = all.find(word => word === asked);
  if (asked !== undefined && found === undefined)
    throw new Refusal('error.labelWord', { word: asked, words: all.join(', ') });
  return found;
}

/** In the language of the work, where it is one of ours; worded for the readers of its profile. */
function defaultsOf(call: Call, folder: string): LabelDefaults & { readonly files: readonly string[] } {
  const { authors, languages: tags, profile, files } = workOf(call, folder);
  const own = tags.map(tag => tag.toLowerCase().split('-')[0]);
  const known = languages.find(language => own[0] === language);
  return {
    authors: authors.map(({ name }) => name).filter(name => name.trim() !== ''),
    wording: profile?.startsWith('kz-') ? 'kz' : 'generic',
    language: known ?? call.words.language,
    files,
  };
}
