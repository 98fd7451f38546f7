/** What a label says of a file: AI edited what a human wrote, parts of it are an AI's, or all of it was generated. */
export type LabelLevel = 'edited' | 'parts' | 'generated';

/** How the two halves of a label are written: `markdown` front matter and paragraph, `html` head and paragraph, … */
export type LabelForm = 'markdown' | 'html' | 'latex' | 'text' | 'code' | 'sidecar';

/** Terms of IPTC's vocabulary http://cv.iptc.org/newscodes/digitalsourcetype/ that a label says of a whole file. */
export type DigitalSource = 'compositeWithTrainedAlgorithmicMedia' | 'compositeSynthetic' | 'trainedAlgorithmicMedia';

/**
 * A label of AI use was written into a file, its machine-readable and its visible half together, or taken out again; texts:
 * [the visible notice, the machine-readable label as JSON], of one that is removed none. It changes no text: what it put into
 * the file stands in events of that file.
 */
export interface LabelBody {
  readonly kind: 'label';
  readonly act: 'written' | 'removed';
  readonly document: number;
  /** Sequence of the event that made the text with it, or without it, the file's. */
  readonly saved: number;
  readonly form: LabelForm;
  readonly level?: LabelLevel;
  readonly source?: DigitalSource;
  /** It says that a person has reviewed the text, as the person states. */
  readonly reviewed?: true;
  /** For whom it is worded. */
  readonly wording?: 'generic' | 'eu' | 'kz';
  readonly language?: 'en' | 'ru' | 'kk';
  readonly by: 'person' | 'command';
}

/** Whether the event that it names is before it. Takes any JSON. */
export function fitsLabel({ document, saved }: LabelBody, sequence: number): boolean {
  const counts = (n: unknown) => Number.isSafeInteger(n) && (n as number) >= 0;
  return counts(document) && counts(saved) && saved < sequence;
}
