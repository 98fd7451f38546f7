import { posix } from 'node:path';
import { canonicalJson } from '../journal/canonical.ts';
import type { LabelForm } from '../journal/labelEvent.ts';
import type { Change } from '../text/change.ts';
import { beginningOf, commentStyleOf } from './comments.ts';
import type { Label } from './label.ts';
import { codeForm } from './labelCode.ts';
import { htmlForm } from './labelHtml.ts';
import { latexForm } from './labelLatex.ts';
import { markdownForm } from './labelMarkdown.ts';
import { plainForm } from './labelPlain.ts';

/** One way of writing a label into a text. Texts have `\n` line ends; changes are in offsets of the text that is given. */
export interface LabelWriter {
  /** The changes after which both halves say this; none where they do. `path` names the file. */
  put(text: string, label: Label, path: string): Change[];
  /** The changes after which there is neither; `take` after `put` gives the text back to the letter. */
  take(text: string, path: string): Change[];
  /** What stands there, half by half; undefined where a half is missing. Of a form with a file beside, that one is apart. */
  read(text: string, path: string): Halves;
}

export interface Halves {
  readonly machine: string | undefined;
  readonly visible: string | undefined;
}

const prose: Readonly<Record<string, LabelForm>> = {
  md: 'markdown',
  markdown: 'markdown',
  mdx: 'markdown',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  tex: 'latex',
  ltx: 'latex',
  txt: 'text',
  text: 'text',
  fountain: 'text',
};

/** How a label is written into the file of this path, by its name and what stands at its beginning. */
export function labelFormOf(path: string, text: string): LabelForm {
  const ending = posix.extname(path).slice(1).toLowerCase();
  const own = Object.hasOwn(prose, ending) ? prose[ending] : undefined;
  const comments = commentStyleOf(path);
  // A list that a build reads is no prose, whatever its ending says.
  if (own !== undefined && !(own === 'text' && comments?.line)) return own;
  if (ending === '' && comments === undefined && !text.startsWith('#!'))
    return posix.basename(path).startsWith('.') ? 'sidecar' : 'text';
  return comments !== undefined && beginningOf(text, path) >= 0 ? 'code' : 'sidecar';
}

export function writerOf(form: LabelForm): LabelWriter {
  switch (form) {
    case 'markdown':
      return markdownForm;
    case 'html':
      return htmlForm;
    case 'latex':
      return latexForm;
    case 'text':
      return plainForm;
    case 'code':
      return codeForm;
    case 'sidecar':
      return beside;
  }
}

/** Whether a file beside it carries the machine-readable label, or both halves. */
export function hasSidecar(form: LabelForm): boolean {
  return form !== 'markdown' && form !== 'html';
}

/** Name of the file beside. */
export function sidecarOf(path: string): string {
  return `${path}.label.json`;
}

/** The file beside: JSON, members sorted, two blanks, a line feed. */
export function sidecarText(label: Label): string {
  return `${JSON.stringify(JSON.parse(canonicalJson(label)), null, 2)}\n`;
}

/** Nothing is put into the file itself. */
const beside: LabelWriter = {
  put: () => [],
  take: () => [],
  read: () => ({ machine: undefined, visible: undefined }),
};
