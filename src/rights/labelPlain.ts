import { atEnd, blocksIn, type Marks, withBlock, withoutBlocks } from './labelBlock.ts';
import type { LabelWriter } from './labelForm.ts';
import { oneLine } from './labelLines.ts';

/** One line at the end of the text; for machines there is the file beside it. */
export const plainForm: LabelWriter = {
  put: (text, { notice }) => withBlock(text, marks, oneLine(notice), () => atEnd(text)),
  take: text => withoutBlocks(text, marks),
  read: text => ({ machine: undefined, visible: blocksIn(text, marks)[0]?.inner }),
};

const marks: Marks = { open: ['[AI-label ', '] '], close: ' [/AI-label]' };
