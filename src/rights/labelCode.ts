import { beginningOf, commentStyleOf } from './comments.ts';
import { atHead, blocksIn, type Marks, withBlock, withoutBlocks } from './labelBlock.ts';
import type { LabelWriter } from './labelForm.ts';
import { machineLines, oneLine } from './labelLines.ts';

/** A comment at the head of the file, for people and machines; the file beside it says the same. */
export const codeForm: LabelWriter = {
  put(text, label, path) {
    const { marks, line, safe } = commentOf(path);
    const inner = [label.notice, ...machineLines(label)].map(one => `${line}${safe(oneLine(one))}\n`).join('');
    return withBlock(text, marks, inner, () => atHead(text, beginningOf(text, path)));
  },
  take: (text, path) => withoutBlocks(text, commentOf(path).marks),
  read(text, path) {
    const { marks, line } = commentOf(path);
    const inner = blocksIn(text, marks)[0]?.inner;
    if (inner === undefined) return { machine: undefined, visible: undefined };
    const [first = '', ...rest] = inner.split('\n');
    const lines = rest.filter(one => one !== '');
    return {
      machine: lines.some(one => one.startsWith(`${line}DigitalSourceType: `)) ? lines.join('\n') : undefined,
      visible: first.slice(line.length).trim() === '' ? undefined : first.slice(line.length),
    };
  },
};

/** How the block is marked in this file, and what keeps a foreign word from ending the comment. */
export function commentOf(path: string): { marks: Marks; line: string; safe: (text: string) => string } {
  const style = commentStyleOf(path) ?? { line: '# ' };
  const { line, open, close } = style;
  const [before, behind] = open === undefined ? [line, ''] : [`${open} `, ` ${close}`];
  const marks: Marks = {
    open: [`${before}holograph:label `, '\n'],
    close: open === undefined ? `${line}/holograph:label` : `/holograph:label${behind}`,
  };
  // Java reads its escapes in comments too, and Python an encoding in the first lines.
  const safe = (text: string) =>
    open === undefined
      ? text
          .replaceAll('?>', '? >')
          .replace(/\\(?=u)/g, '\\ ')
          .replace(/coding(?=[:=])/g, 'coding ')
      : text.replace(/-(?=-)/g, '- ').replaceAll('*/', '* /');
  return { marks, line, safe };
}
