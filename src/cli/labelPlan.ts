import { lstatSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { DocumentState } from '../journal/documentState.ts';
import { type DecodedFile, decodeFile } from '../journal/files.ts';
import type { LabelForm, LabelLevel } from '../journal/labelEvent.ts';
import { lastOf } from '../journal/lastText.ts';
import { masked } from '../journal/masked.ts';
import { type Label, type LabelWording, labelOf, saysSame } from '../rights/label.ts';
import { type LabelFacts, leastLevel, proposedLevel, saysTooLittle } from '../rights/labelFacts.ts';
import { type ChangedFile, changedFile } from '../rights/labelFile.ts';
import { hasSidecar, labelFormOf, sidecarOf, sidecarText, writerOf } from '../rights/labelForm.ts';
import { faultsOfLabel, type LabelFault } from '../rights/labelLint.ts';
import type { RightsLanguage } from '../rights/texts.ts';
import type { Change } from '../text/change.ts';
import type { LabelRecord } from './labelRecord.ts';

/** What the person chose; what is absent stays as it was, or as it is proposed. */
export interface LabelChoice {
  readonly level?: LabelLevel;
  readonly reviewed?: boolean;
  readonly wording?: LabelWording;
  readonly language?: RightsLanguage;
  readonly china?: boolean;
}

/** What the work's description gives where nothing was chosen. */
export interface LabelDefaults {
  readonly authors: readonly string[];
  readonly wording: LabelWording;
  readonly language: RightsLanguage;
}

/**
 * `less`: the level says less of AI than the record has. `letters`: the file's encoding cannot say it. `foreign`: between the
 * marks of a label stands a text that no label has, and it would be lost.
 */
export type LabelObstacle = 'unrecorded' | 'less' | 'letters' | 'empty' | 'foreign';

/** A recorded file that is to be labelled. */
export class LabelTarget {
  readonly path: string;
  readonly document: DocumentState;
  readonly form: LabelForm;
  readonly facts: LabelFacts;
  /** The label that the record says stands there. */
  readonly written: Label | undefined;
  /** As it stands; undefined: it is not there, or not as the record has it. */
  readonly file: DecodedFile | undefined;
  /** Text of the file beside; undefined: there is none. */
  readonly beside: string | undefined;
  /** The same as the record has it. */
  readonly besideRecorded: string | undefined;
  /** The file's bytes, and whether the record has words of its text no more. */
  readonly bytes: Uint8Array | undefined;
  readonly hasBlanks: boolean;
  /** Between the marks of a label stands a text that no label has. */
  readonly hasForeign: boolean;
  readonly #hasMarks: boolean;
  readonly #record: LabelRecord;
  /** Of the file's text, what is of a label. */
  readonly #own: readonly Change[];

  constructor(record: LabelRecord, folder: string, document: DocumentState) {
    const { path = '' } = document;
    this.path = path;
    this.document = document;
    this.#record = record;
    const found = fileOf(record, folder, document);
    this.file = found?.file;
    this.bytes = found?.bytes;
    this.hasBlanks = found !== undefined && found.file.text !== document.text;
    const text = this.file?.text ?? document.text;
    this.form = labelFormOf(path, text);
    const marked = writerOf(this.form)
      .take(text, path)
      .toSorted((a, b) => a.from - b.from);
    // What a person or an AI wrote is of the work, whatever marks are around it.
    this.#own = marked.filter(range => isLabels(record.handIn(document, range), text.slice(range.from, range.to)));
    this.hasForeign = this.#own.length < marked.length;
    this.#hasMarks = marked.length > 0;
    this.facts = record.factsOf(document, this.#own);
    this.written = labelIn(record.lastLabel(document)?.texts?.[1]);
    this.beside = besideAt(join(folder, sidecarOf(path)));
    const known = record.state.at(sidecarOf(path));
    this.besideRecorded = known?.present ? known.text : undefined;
  }

  get least(): LabelLevel | undefined {
    return leastLevel(this.facts);
  }

  get proposed(): LabelLevel | undefined {
    return proposedLevel(this.facts);
  }

  /** Whether a label stands there, or half of one. */
  get isLabelled(): boolean {
    return this.#hasMarks || this.beside !== undefined;
  }

  /** The label that is to stand there; undefined: none is needed or chosen. One that says the same stays the one it is. */
  label(choice: LabelChoice, defaults: LabelDefaults): Label | LabelObstacle | undefined {
    const { facts, written, path: file } = this;
    const kept = written !== undefined && !saysTooLittle(written.level, facts) ? written.level : undefined;
    const level = choice.level ?? kept ?? this.proposed;
    if (level === undefined) return undefined;
    if (saysTooLittle(level, facts)) return 'less';
    const at = this.#record.newest(this.document, this.#own);
    if (at === undefined) return 'empty';
    const label = labelOf({
      file,
      level,
      facts,
      authors: defaults.authors,
      reviewed: choice.reviewed ?? (written?.reviewed === true && this.#isReviewed),
      wording: choice.wording ?? written?.wording ?? defaults.wording,
      language: choice.language ?? written?.language ?? defaults.language,
      china: choice.china ?? written?.AIGC !== undefined,
      ...at,
    });
    return written !== undefined && saysSame(written, label) ? written : label;
  }

  /** Whether all that others than the person wrote since stood there when the person said to have reviewed it. */
  get #isReviewed(): boolean {
    const said = this.#record.lastLabel(this.document)?.sequence;
    return said !== undefined && !this.#record.hasOthersSince(this.document, this.#own, said);
  }

  /** The changes of the file's text after which this label stands there, or none. */
  changes(label: Label | undefined): readonly Change[] {
    const writer = writerOf(this.form);
    if (this.file === undefined) return [];
    return label === undefined ? this.#own : writer.put(this.file.text, label, this.path);
  }

  /** The file after them; undefined where its encoding does not have the letters. */
  changed(changes: readonly Change[]): ChangedFile | undefined {
    return this.file && changedFile(this.file, changes);
  }

  faults(defaults: LabelDefaults): LabelFault[] {
    if (this.file === undefined) return this.least || this.isLabelled ? [{ why: 'unrecorded', detail: '' }] : [];
    const { form, facts, written, beside, path } = this;
    const now = this.label({}, defaults);
    const altered =
      written !== undefined &&
      (this.changes(written).length > 0 || (hasSidecar(form) && beside !== sidecarText(written)));
    const halves = writerOf(form).read(this.file.text, path);
    return faultsOfLabel({
      ...halves,
      form,
      facts,
      written,
      beside,
      altered,
      now: typeof now === 'object' ? now : undefined,
    });
  }
}

/** What a tool of ours put there is a label's; of text that nobody is known to have written, as much as may be of one. */
function isLabels(hand: 'written' | 'tool' | 'open', text: string): boolean {
  if (hand !== 'open') return hand === 'tool';
  const inner = text.trim();
  return inner.length <= 6_000 && inner.split('\n').length <= 60;
}

/** A label as its event, or the file beside, has it; undefined where it is none of ours. */
export function labelIn(text: string | undefined): Label | undefined {
  if (text === undefined) return undefined;
  try {
    const label = JSON.parse(text) as Label;
    return label !== null && typeof label === 'object' && label.schema === 'holograph.label' ? label : undefined;
  } catch (error) {
    // Words of it may have been taken out of the record.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Empty where what stands there is no file of ours for sure: a link may lead anywhere, and a pipe may never end. */
function besideAt(file: string): string | undefined {
  const found = lstatSync(file, { throwIfNoEntry: false });
  if (found === undefined) return undefined;
  return found.isFile() && found.size <= most ? readFileSync(file, 'utf8') : '';
}

/** Bytes that a file beside has at the most. */
const most = 1_000_000;

/** The file, where its text is the recorded one but for words that were taken out of the record. */
function fileOf(
  { state }: LabelRecord,
  folder: string,
  document: DocumentState,
): { readonly file: DecodedFile; readonly bytes: Uint8Array } | undefined {
  const { path = '', format, content, present } = document;
  const name = join(folder, path);
  if (!present || lastOf(state, document) !== document || !statSync(name, { throwIfNoEntry: false })?.isFile())
    return undefined;
  const bytes = readFileSync(name);
  const file = decodeFile(bytes, format.encoding);
  if ('skip' in file || masked(state, content, file.text) !== document.text) return undefined;
  return { file, bytes };
}
