import type { Label } from './label.ts';
import { toolText } from './label.ts';
import { atEnd, blocksIn, type Marks, type Standing, withBlock, withoutBlocks } from './labelBlock.ts';
import type { LabelWriter } from './labelForm.ts';
import { oneLine } from './labelLines.ts';

/** `<meta>` and JSON-LD in the head for machines, a paragraph at the end of the body for people. */
export const htmlForm: LabelWriter = {
  put(text, label) {
    const head = headOf(text);
    const visible = head === undefined ? `${jsonLd(label)}${paragraph(label)}` : paragraph(label);
    const notice = withBlock(text, noticeMarks, visible, () => bodyEnd(text));
    if (head === undefined) return [...withoutBlocks(text, machineMarks), ...notice];
    const machine = `\n${metas(label)}${jsonLd(label).slice(1)}`;
    return [
      ...withBlock(text, machineMarks, machine, () => ({
        at: head,
        before: 1,
        behind: head === text.length || text[head] === '\n' ? 0 : 1,
      })),
      ...notice,
    ];
  },
  take: text => withoutBlocks(text, machineMarks, noticeMarks),
  read(text) {
    const notice = blocksIn(text, noticeMarks)[0]?.inner;
    const visible = /<p class="ai-label"[\s\S]*<\/p>/.exec(notice ?? '')?.[0];
    const machine = blocksIn(text, machineMarks)[0]?.inner;
    return { machine: machine ?? /<script[\s\S]*<\/script>/.exec(notice ?? '')?.[0], visible };
  },
};

const machineMarks: Marks = { open: ['<!-- holograph:label ', ' -->'], close: '<!-- /holograph:label -->' };
const noticeMarks: Marks = { open: ['<!-- holograph:notice ', ' -->'], close: '<!-- /holograph:notice -->' };

/** Behind the head's tag, where there is one that is no comment's and no script's. */
function headOf(text: string): number | undefined {
  const parts =
    /<!--[\s\S]*?(?:-->|$)|<(script|style|textarea|title)\b[\s\S]*?(?:<\/\1\s*>|$)|<head(?:\s[^<>]*)?>|<body\b/gi;
  for (const part of text.matchAll(parts)) {
    if (/^<body/i.test(part[0])) return undefined;
    if (!/^<head/i.test(part[0])) continue;
    const at = part.index + part[0].length;
    return at;
  }
  return undefined;
}

/** Before the tag that ends the body, at the beginning of its line where nothing stands before it; else at the end. */
function bodyEnd(text: string): Standing {
  let at = -1;
  for (const part of text.matchAll(
    /<!--[\s\S]*?(?:-->|$)|<(script|style|textarea)\b[\s\S]*?(?:<\/\1\s*>|$)|<\/body\s*>/gi,
  ))
    if (/^<\/body/i.test(part[0])) at = part.index;
  if (at < 0) return atEnd(text);
  const line = text.lastIndexOf('\n', at - 1) + 1;
  if (/^[ \t]*$/.test(text.slice(line, at))) return { at: line, before: 0, behind: 1 };
  return { at, before: 1, behind: 1 };
}

function metas({ digitalSourceType, level, tools, date, id, AIGC }: Label): string {
  const facts: [name: string, content: string][] = [
    ['digitalSourceType', digitalSourceType],
    ['ai-label-level', level],
    ...(tools.length === 0 ? [] : [['ai-label-tools', toolText(tools)] as [string, string]]),
    ['ai-label-date', date],
    ['ai-label-id', id],
    ...(AIGC === undefined ? [] : [['AIGC', AIGC] as [string, string]]),
  ];
  return facts.map(([name, content]) => `<meta name="${name}" content="${attribute(content)}" />\n`).join('');
}

/** After https://schema.org/CreativeWork; the value is IPTC's address itself. No `<` stands in it. */
function jsonLd({ digitalSourceType, tools, authors, date, id, notice, language }: Label): string {
  const work = {
    '@context': 'https://schema.org',
    '@type': 'CreativeWork',
    digitalSourceType,
    dateModified: date,
    identifier: id,
    ...(authors.length > 0 && { author: authors.map(name => ({ '@type': 'Person', name })) }),
    ...(tools.length > 0 && {
      mentions: tools.map(({ name, model }) => ({
        '@type': 'SoftwareApplication',
        name,
        ...(model !== undefined && { softwareVersion: model }),
      })),
    }),
    creditText: notice,
    inLanguage: language,
  };
  const json = JSON.stringify(work).replace(
    /[<>&\u2028\u2029]/g,
    sign => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `\n<script type="application/ld+json">${json}</script>\n`;
}

function paragraph({ notice, language }: Label): string {
  return `\n<p class="ai-label" lang="${language}">${attribute(oneLine(notice))}</p>\n`;
}

function attribute(text: string): string {
  return oneLine(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
