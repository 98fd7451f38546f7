import { createHash } from 'node:crypto';
import { canonicalJson } from '../journal/canonical.ts';
import type { DigitalSource, LabelLevel } from '../journal/labelEvent.ts';
import { type LabelFacts, type LabelTool, sourceBase, sourceOf } from './labelFacts.ts';
import { type RightsLanguage, type RightsText, rightsText } from './texts.ts';

export const labelWordings = ['generic', 'eu', 'kz'] as const;
export type LabelWording = (typeof labelWordings)[number];

/** The machine-readable half of a label, from which the visible half follows. Form: `media/schema/label.schema.json`. */
export interface Label {
  readonly schema: 'holograph.label';
  readonly version: 1;
  /** Path relative to the recorded folder, with `/`. */
  readonly file: string;
  readonly level: LabelLevel;
  /** Address of IPTC's term. */
  readonly digitalSourceType: string;
  readonly tools: readonly LabelTool[];
  /** There is text of an AI tool, too, that the record does not name. */
  readonly unnamed: boolean;
  /** As the work's description names them; empty: it names none. */
  readonly authors: readonly string[];
  /** A person has reviewed the text, as that person states. */
  readonly reviewed: boolean;
  readonly wording: LabelWording;
  readonly language: RightsLanguage;
  /** The visible half. */
  readonly notice: string;
  /** When the text that it speaks of was last changed: RFC 3339, in the zone of the record. */
  readonly date: string;
  /** 16 hexadecimal digits that follow from all of the above but the notice, and from `record`. */
  readonly id: string;
  /** The event that made the text that it speaks of the file's: `journal:sequence`. */
  readonly record: string;
  /** The field of GB 45438-2025, as JSON, for readers in China; absent unless it was asked for. */
  readonly AIGC?: string;
}

/** What a label is made of. */
export interface Labelling extends Pick<Label, 'file' | 'level' | 'authors' | 'reviewed' | 'wording' | 'language'> {
  readonly facts: LabelFacts;
  readonly date: string;
  readonly record: string;
  readonly china: boolean;
}

export function labelOf({ facts, china, ...own }: Labelling): Label {
  const { file, level, authors, reviewed, wording, language, date, record } = own;
  const { tools } = facts;
  const unnamed = facts.unnamed > 0;
  const digitalSourceType = sourceBase + sourceOf(level, facts);
  const said = { file, level, digitalSourceType, tools, unnamed, authors, reviewed, wording, language };
  const id = createHash('sha256')
    .update(canonicalJson({ ...said, date, record }))
    .digest('hex')
    .slice(0, 16);
  const notice = noticeOf(own, { tools, unnamed });
  const aigc = china ? { AIGC: aigcOf(id) } : {};
  return { schema: 'holograph.label', version: 1, ...said, notice, date, id, record, ...aigc };
}

/** Whether two labels say the same of the same file; when and by which event aside. */
export function saysSame(a: Label, b: Label): boolean {
  const said = ({ date: _, id: __, record: ___, AIGC, ...rest }: Label) =>
    canonicalJson({ ...rest, china: AIGC !== undefined });
  return said(a) === said(b);
}

export function termOf({ digitalSourceType }: Pick<Label, 'digitalSourceType'>): DigitalSource {
  return digitalSourceType.slice(sourceBase.length) as DigitalSource;
}

/** The tools as people read them, each product with its models. */
export function toolText(tools: readonly LabelTool[]): string {
  const models = new Map<string, string[]>();
  for (const { name, model } of tools) {
    const own = models.get(name) ?? [];
    models.set(name, model === undefined ? own : [...own, model]);
  }
  return [...models].map(([name, of]) => (of.length === 0 ? name : `${name}: ${of.join(', ')}`)).join('; ');
}

function noticeOf(
  { level, authors, reviewed, wording, language }: Omit<Labelling, 'facts' | 'china'>,
  { tools, unnamed }: Pick<Label, 'tools' | 'unnamed'>,
): string {
  const named = [
    ...(tools.length > 0 ? [toolText(tools)] : []),
    ...(unnamed ? [rightsText(language, 'label.another')] : []),
  ];
  // That nothing is named says by itself that the record names nothing.
  const tool = tools.length === 0 ? '' : ` (${named.join('; ')})`;
  const args = { tool, author: authors.join(', ') };
  const t = (key: RightsText) => rightsText(language, key, args);
  const parts = [t(`label.${wording}.${level}`)];
  // Nobody is named who is not named in the work's description.
  if (authors.length > 0 && level !== 'generated') parts.push(t(`label.by.${level}`));
  if (reviewed) parts.push(authors.length > 0 ? t('label.reviewedBy') : t('label.reviewed'));
  return parts.join(' ').replace(/\s+/g, ' ');
}

/**
 * The keys that the standard names; `Label` 1: it has AI content. What does not exist here, a provider's number or a code, is
 * empty.
 */
function aigcOf(id: string): string {
  const empty = { ContentProducer: '', ReservedCode1: '', ContentPropagator: '', PropagateID: '', ReservedCode2: '' };
  return canonicalJson({ ...empty, Label: '1', ProduceID: id });
}
