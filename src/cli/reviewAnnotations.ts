import { packageSoftware } from '../evidence/software.ts';
import type { Breach, Rule } from '../rights/reviewRules.ts';
import type { ReviewDocument } from './review.ts';
import { breachText, reviewText, ruleText } from './reviewText.ts';
import type { Words } from './words.ts';

/**
 * What is not kept, as machines that look over changes take it: workflow commands of GitHub Actions before the text for
 * people, or one SARIF 2.1.0 document. `place`: a file's path as they know it.
 */
export function reviewAsAnnotations(
  document: ReviewDocument,
  format: 'github' | 'sarif',
  words: Words,
  place: (path: string) => string,
): readonly string[] {
  if (format === 'sarif') return [JSON.stringify(sarif(document, words, place), null, 2)];
  const commands = broken(document).map(({ rule, breach }) => command(rule, breach, words, place));
  return [...commands, ...Array.from(reviewText(document, words), inert)];
}

/** A line for people that is no workflow command, whatever names stand in it: one begins a line, one of the older kind stands anywhere. */
function inert(line: string): string {
  return line.replace(/^(\s*):(?=:)/u, '$1·').replaceAll('##[', '##·[');
}

function broken({ rules }: ReviewDocument): readonly { readonly rule: Rule; readonly breach: Breach }[] {
  return rules.flatMap(rule => rule.broken.map(breach => ({ rule, breach })));
}

function said(rule: Rule, breach: Breach, words: Words): string {
  const what = breachText(breach, rule, words);
  return words.t('review.annotation', { rule: ruleText(rule, words), what });
}

/** `::error file=…,line=…::…`; what would end a property or the line is escaped. */
function command(rule: Rule, breach: Breach, words: Words, place: (path: string) => string): string {
  const { file, line, endLine } = breach;
  const properties = Object.entries({
    ...(file !== null && { file: place(file) }),
    ...(line !== null && { line }),
    ...(endLine !== null && { endLine }),
    title: words.t('review.policy').replace(/:$/, ''),
  });
  const escaped = (text: string) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
  const told = properties.map(
    ([name, value]) => `${name}=${escaped(String(value)).replaceAll(':', '%3A').replaceAll(',', '%2C')}`,
  );
  return `::error ${told.join(',')}::${escaped(said(rule, breach, words))}`;
}

function sarif(document: ReviewDocument, words: Words, place: (path: string) => string): object {
  const [name, version] = packageSoftware.split('/');
  const results = broken(document).map(({ rule, breach }) => ({
    ruleId: `${rule.rule}/${rule.scope}`,
    level: 'error',
    message: { text: said(rule, breach, words) },
    locations: breach.file === null ? [] : [location(breach, place(breach.file))],
  }));
  const rules = document.rules.map(rule => ({
    id: `${rule.rule}/${rule.scope}`,
    shortDescription: { text: ruleText({ ...rule, value: null }, words) },
  }));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name, version, rules } }, columnKind: 'utf16CodeUnits', results }],
  };
}

function location({ line, endLine }: Breach, path: string): object {
  // Of a file name each part is escaped as a URI has it.
  const uri = path.toWellFormed().split('/').map(encodeURIComponent).join('/');
  const region = line === null ? {} : { region: { startLine: line, endLine: endLine ?? line } };
  return { physicalLocation: { artifactLocation: { uri }, ...region } };
}
