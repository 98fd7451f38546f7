import type { Verification } from '../evidence/verification.ts';
import { verificationText } from '../evidence/verificationText.ts';
import type { Texts } from '../host/texts.ts';
import { plain } from './markdown.ts';

/** The command line's answer to `verify --json`; `undefined` when this is none. */
export function readVerification(stdout: string): Verification | undefined {
  try {
    const json: unknown = JSON.parse(stdout);
    const isOurs =
      typeof json === 'object' && json !== null && 'schema' in json && json.schema === 'holograph.verification';
    return isOurs ? (json as Verification) : undefined;
  } catch (error) {
    // Not an answer of ours: the caller shows the diagnostics instead.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** What a person holds, as arguments of `verify`: a seal line, else a fingerprint, with whatever was copied around it. */
export function heldArguments(typed: string): readonly string[] {
  const text = typed.trim();
  if (text === '') return [];
  return text.includes('holograph-seal:') ? [`--since=${text}`] : [`--key=${text}`];
}

/** The sentence that says it all, as the command line says it; never more than was checked. */
export function resultText(verification: Verification, { language }: Texts): string {
  return verificationText(verification, language)[0] ?? '';
}

/** The whole answer as a Markdown page. */
export function verificationPage(file: string, verification: Verification, texts: Texts): string {
  const [first = '', ...rest] = verificationText(verification, texts.language);
  return [
    `# ${plain(texts.t('verify.page', { file }))}`,
    plain(first),
    ...(rest.length === 0 ? [] : [rest.map(line => `- ${plain(line)}`).join('\n')]),
    plain(texts.t('verify.limits')),
  ].join('\n\n');
}
