import { atEnd, blocksIn, type Marks, type Standing, withBlock, withoutBlocks } from './labelBlock.ts';
import { codeForm, commentOf } from './labelCode.ts';
import type { LabelWriter } from './labelForm.ts';
import { oneLine } from './labelLines.ts';

/** A comment at the head for machines, a paragraph at the end of the document for people; the file beside it says the same. */
export const latexForm: LabelWriter = {
  put(text, label, path) {
    const notice = `\\par\\noindent ${escaped(label.notice)}\\par\n`;
    return [...codeForm.put(text, label, path), ...withBlock(text, noticeMarks, notice, () => documentEnd(text))];
  },
  take: (text, path) => withoutBlocks(text, commentOf(path).marks, noticeMarks),
  read(text, path) {
    const machine = blocksIn(text, commentOf(path).marks)[0]?.inner;
    return { machine, visible: blocksIn(text, noticeMarks)[0]?.inner };
  },
};

const noticeMarks: Marks = { open: ['% holograph:notice ', '\n'], close: '% /holograph:notice' };

/** Before the line that ends the document; a chapter of its own has none. */
function documentEnd(text: string): Standing {
  const last = [...text.matchAll(/^[ \t]*\\end\{document\}/gm)].at(-1);
  return last === undefined ? atEnd(text) : { at: last.index, before: 0, behind: 1 };
}

function escaped(text: string): string {
  const named: Readonly<Record<string, string>> = {
    '\\': '\\textbackslash{}',
    '~': '\\textasciitilde{}',
    '^': '\\textasciicircum{}',
  };
  return oneLine(text).replace(/[\\{}$&#_%~^]/g, sign => named[sign] ?? `\\${sign}`);
}
