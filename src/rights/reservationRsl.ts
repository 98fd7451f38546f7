import type { ReservationForm } from './reservation.ts';
import { deletion } from './reservationBlock.ts';

const mark = '<!-- [holograph:reservation] -->';

/** `license.xml` after Really Simple Licensing 1.0, whose word for training is `ai-train`: the whole file is ours, or is not touched. */
export const rslForm: ReservationForm = {
  put(text, { site, policy, eol }) {
    if (text === undefined || text.trim() === '' || isOurs(text)) {
      const stands = licence(site, policy).join(eol);
      const same = text?.trimEnd() === stands;
      return { changes: same ? [] : [{ from: 0, to: text?.length ?? 0, insert: `${stands}${eol}` }], stands };
    }
    if (/<prohibits\b[^>]*>[^<]*\b(?:ai-train|train-ai|ai-all|all)\b[^<]*<\/prohibits>/i.test(text))
      return { already: true };
    const permits = /<permits\b[^>]*>[^<]*\b(?:ai-train|train-ai|ai-all|all)\b[^<]*<\/permits>/i.exec(text);
    return permits === null ? { cannot: 'foreign', detail: 'license.xml' } : { cannot: 'contrary', detail: permits[0] };
  },
  take: text => (isOurs(text) ? [deletion(0, text.length)] : []),
  standing: text => (isOurs(text) ? text.replace(/\r?\n$/, '') : undefined),
};

/** A file that somebody has put lines of their own into is ours no more. */
function isOurs(text: string): boolean {
  const lines = text.trimEnd().split(/\r?\n/);
  return lines[1] === mark && lines.every(line => line === mark || own.test(line));
}

const own =
  /^\s*(?:<\?xml [^<>]*\?>|<rsl xmlns="[^"<>]*">|<content url="[^"<>]*">|<terms>[^<>]*<\/terms>|<license>|<prohibits type="usage">ai-train<\/prohibits>|<\/license>|<\/content>|<\/rsl>)\s*$/;

function licence(site: string | undefined, policy: string | undefined): string[] {
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    mark,
    '<rsl xmlns="https://rslstandard.org/rsl">',
    `  <content url="${escaped(site ?? '/')}">`,
    ...(policy === undefined ? [] : [`    <terms>${escaped(policy)}</terms>`]),
    '    <license>',
    '      <prohibits type="usage">ai-train</prohibits>',
    '    </license>',
    '  </content>',
    '</rsl>',
  ];
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
