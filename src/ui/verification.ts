import type { Texts } from '../host/texts.ts';
import { plain } from './markdown.ts';

/** What the command line's `verify --json` answers, as far as it is shown here. */
export interface Verification {
  readonly consistent: boolean;
  readonly keyKnown: boolean;
  readonly anchoredTo: string | undefined;
  readonly wrong: readonly string[];
}

/** Reads the answer; `undefined` when it is none. What is missing counts against the package. */
export function readVerification(stdout: string): Verification | undefined {
  const json = parse(stdout);
  if (typeof json !== 'object' || json === null || !('consistent' in json)) return undefined;
  const { consistent, keyKnown, anchoredTo, wrong } = json as Readonly<Record<string, unknown>>;
  return {
    consistent: consistent === true,
    keyKnown: keyKnown === true,
    anchoredTo: typeof anchoredTo === 'string' ? anchoredTo : undefined,
    wrong: Array.isArray(wrong) ? wrong.map(one => (typeof one === 'string' ? one : JSON.stringify(one))) : [],
  };
}

/** One sentence for the message. It never says more than was checked. */
export function verificationText({ consistent, keyKnown }: Verification, { t }: Texts): string {
  if (!consistent) return t('verify.inconsistent');
  return keyKnown ? t('verify.consistent') : t('verify.keyNotKnown');
}

/** The whole answer as a page. */
export function verificationPage(file: string, verification: Verification, texts: Texts): string {
  const { t } = texts;
  const { consistent, keyKnown, anchoredTo, wrong } = verification;
  return [
    `# ${plain(t('verify.page', { file }))}`,
    plain(verificationText(verification, texts)),
    `- ${plain(t(consistent ? 'verify.content.yes' : 'verify.content.no'))}`,
    `- ${plain(t(keyKnown ? 'verify.key.yes' : 'verify.key.no'))}`,
    `- ${plain(anchoredTo === undefined ? t('verify.anchor.no') : t('verify.anchor.yes', { anchor: anchoredTo }))}`,
    ...(wrong.length === 0 ? [] : [`## ${plain(t('verify.wrong'))}`, wrong.map(one => `- ${plain(one)}`).join('\n')]),
    plain(t('verify.limits')),
  ].join('\n\n');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not an answer of ours: the caller shows the diagnostics instead.
    return undefined;
  }
}
