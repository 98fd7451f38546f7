import { beginningOf, type CommentStyle, commentStyleOf } from './comments.ts';
import type { ReservationForm, Reserving } from './reservation.ts';
import { commented, headPut, headTaken, type Passage, passageIn, replaced } from './reservationBlock.ts';
import { rightsText } from './texts.ts';

/** After the assertion `cawg.training-mining` of the CAWG, whose words these are, and the TDM Reservation Protocol. */
export const machineLines = [
  'AI-Training: notAllowed',
  'AI-Generative-Training: notAllowed',
  'Data-Mining: notAllowed',
  'TDM-Reservation: 1',
] as const;

/** A comment at the head of the file: for people in their languages, for machines in words of their own. */
export const headerForm: ReservationForm = {
  put(text = '', reserving) {
    const { path, eol } = reserving;
    const style = commentStyleOf(path);
    const at = style === undefined ? -1 : beginningOf(text, path);
    if (style === undefined || at < 0) return { cannot: 'noPlace', detail: path };
    const passage = ownIn(text, style);
    const others = passage === undefined ? text : `${text.slice(0, passage.from)}${text.slice(passage.to)}`;
    const contrary = contraryIn(others);
    if (contrary !== undefined) return { cannot: 'contrary', detail: contrary };
    const stands = commented(headerLines(reserving, others, style.close), style, eol);
    if (passage === undefined) return { changes: [headPut(text, stands, at, eol)], stands };
    const same = text.slice(passage.from, passage.to) === stands;
    return { changes: same ? [] : [replaced(passage, stands)], stands };
  },
  take(text, path) {
    const style = commentStyleOf(path);
    const passage = style && ownIn(text, style);
    return passage ? [headTaken(text, passage)] : [];
  },
  standing(text, path) {
    const style = commentStyleOf(path);
    const passage = style && ownIn(text, style);
    return passage && text.slice(passage.from, passage.to);
  },
};

/** The file's own notice of copyright stays the only one. A name that would end the comment is left out. */
function headerLines({ authors, languages, policy }: Reserving, others: string, close = '\n'): string[] {
  const inner = close.replaceAll('>', '').trim();
  // Of comments that end with their line, PHP's end before, and Java reads its escapes in them.
  const ends = inner === '' ? /\?>|\\u|[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u : /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
  const fits = (name: string) => !ends.test(name) && (inner === '' || !name.includes(inner));
  const named = /SPDX-FileCopyrightText:/.test(others) ? [] : authors.filter(fits);
  return [
    ...named.map(name => `SPDX-FileCopyrightText: ${name}`),
    ...machineLines,
    ...(policy === undefined || !fits(policy) ? [] : [`TDM-Policy: ${policy}`]),
    ...languages.map(language => rightsText(language, 'reserve.prohibited')),
  ];
}

/** A comment that lines of something else were put into is not ours any more. */
function ownIn(text: string, style: CommentStyle): Passage | undefined {
  const passage = passageIn(text, style);
  if (passage === undefined) return undefined;
  const lines = text.slice(passage.from, passage.to).split('\n');
  return lines.every(line => line.startsWith(style.line.trimEnd())) ? passage : undefined;
}

/** A line near the beginning by which somebody else allows it. */
function contraryIn(others: string): string | undefined {
  const head = others.split('\n', 60).join('\n');
  const allowed = /^.{0,12}?((?:AI-Training|AI-Generative-Training|Data-Mining):[ \t]*(?:allowed|constrained)\b.*)$/im;
  const unreserved = /^.{0,12}?(TDM-Reservation:[ \t]*0\b.*)$/im;
  return (allowed.exec(head) ?? unreserved.exec(head))?.[1]?.trim();
}
