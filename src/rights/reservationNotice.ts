import type { CommentStyle } from './comments.ts';
import type { ReservationForm } from './reservation.ts';
import { commented, endPut, endTaken, passageIn, replaced } from './reservationBlock.ts';
import { machineLines } from './reservationHeader.ts';
import { rightsText } from './texts.ts';

const style: CommentStyle = { line: '' };

/** A paragraph at the end of the `NOTICE` file that lies beside the work. */
export const noticeForm: ReservationForm = {
  put(text = '', { authors, languages, policy, eol }) {
    const lines = [
      ...authors.map(name => name.replace(/\p{Cc}+/gu, ' ')),
      ...languages.map(language => rightsText(language, 'reserve.prohibited')),
      ...machineLines,
      ...(policy === undefined ? [] : [`TDM-Policy: ${policy}`]),
    ];
    const stands = commented(lines, style, eol);
    const passage = passageIn(text, style);
    if (passage === undefined) return { changes: [endPut(text, stands, eol)], stands };
    const same = text.slice(passage.from, passage.to) === stands;
    return { changes: same ? [] : [replaced(passage, stands)], stands };
  },
  take(text) {
    const passage = passageIn(text, style);
    return passage === undefined ? [] : [endTaken(text, passage)];
  },
  standing(text) {
    const passage = passageIn(text, style);
    return passage && text.slice(passage.from, passage.to);
  },
};
