import type { Change } from '../text/change.ts';
import type { ReservationForm } from './reservation.ts';
import { deletion, insertion, type Passage, replaced } from './reservationBlock.ts';

/** `<meta>` of the TDM Reservation Protocol in a page's head; ours have an attribute of their own. */
export const metaForm: ReservationForm = {
  put(text = '', { policy, eol }) {
    const said = saidIn(text.replace(pattern, ''));
    if (said === '1') return { already: true };
    if (said !== undefined) return { cannot: 'contrary', detail: `tdm-reservation: ${said}` };
    const elements = [
      element('tdm-reservation', '1'),
      ...(policy === undefined ? [] : [element('tdm-policy', policy)]),
    ];
    const stands = elements.join('\n');
    const [first, ...others] = ownIn(text);
    if (first !== undefined) {
      if (metaForm.standing(text, '') === stands) return { changes: [], stands };
      const gap = /^\s*/.exec(text.slice(first.from))?.[0] ?? '';
      const changes = [replaced(first, elements.map(one => `${gap}${one}`).join('')), ...others.map(gone)];
      return { changes, stands };
    }
    const head = headOf(text);
    if (head === undefined) return { cannot: 'noPlace', detail: '<head>' };
    const indent = /^\r?\n([ \t]*)/.exec(text.slice(head));
    const gap = indent === null ? '' : `${eol}${indent[1]}`;
    return { changes: [insertion(head, elements.map(one => `${gap}${one}`).join(''))], stands };
  },
  take: text => ownIn(text).map(gone),
  standing(text) {
    const all = [...text.matchAll(pattern)].map(([one]) => one.trim());
    return all.length === 0 ? undefined : all.join('\n');
  },
};

const pattern = /(?:\r?\n[ \t]*)?<meta name="tdm-[a-z]+" content="[^"]*" data-holograph="reservation">/g;

function ownIn(text: string): Passage[] {
  return [...text.matchAll(pattern)].map(({ index, 0: { length } }) => ({ from: index, to: index + length }));
}

function gone({ from, to }: Passage): Change {
  return deletion(from, to);
}

function element(name: string, content: string): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<meta name="${name}" content="${escaped}" data-holograph="reservation">`;
}

/** Where the head's elements begin. What stands in a comment or a script is no head. */
function headOf(text: string): number | undefined {
  const masked = text.replace(/<!--[\s\S]*?(?:-->|$)|<script\b[\s\S]*?(?:<\/script>|$)/gi, part =>
    ' '.repeat(part.length),
  );
  const found = /<head(?:\s[^<>]*)?>/i.exec(masked);
  return found === null ? undefined : found.index + found[0].length;
}

/** What another element says of it. */
function saidIn(bare: string): string | undefined {
  for (const [tag] of bare.replace(/<!--[\s\S]*?(?:-->|$)/g, '').matchAll(/<meta\b[^<>]*>/gi)) {
    if (/name\s*=\s*["']?tdm-reservation["'\s>]/i.test(tag))
      return /content\s*=\s*["']?([^"'\s>]*)/i.exec(tag)?.[1] ?? '';
  }
  return undefined;
}
