import { posix } from 'node:path';
import { type Label, toolText } from './label.ts';
import { atEnd, type Block, blocksIn, type Marks, type Standing, withBlock, without } from './labelBlock.ts';
import type { LabelWriter } from './labelForm.ts';
import { oneLine } from './labelLines.ts';

/** Front matter, YAML's or TOML's, for machines, and a paragraph at the end for people. */
export const markdownForm: LabelWriter = {
  put(text, label, path) {
    const { marks, place, toml, own } = frontOf(text);
    const machine = toml ? tomlLines(label) : yamlLines(label, own);
    return [
      ...withBlock(text, marks, machine, place),
      ...withBlock(text, noticeMarks(path), `\n${escaped(label.notice)}\n`, () => atEnd(text)),
    ];
  },
  take(text, path) {
    return without([...frontBlocks(text).map(({ block }) => block), ...blocksIn(text, noticeMarks(path))]);
  },
  read(text, path) {
    const { marks, own } = frontOf(text);
    const machine = blocksIn(text, marks)[0]?.inner;
    const visible = blocksIn(text, noticeMarks(path))[0]?.inner.trim();
    return { machine: machine === undefined ? undefined : machine + (own ?? ''), visible };
  },
};

const begin = '# holograph:label ';
const end = '# /holograph:label';
/** Front matter of our own, fences and all. */
const fenced: Marks = { open: [`---\n${begin}`, ' ---\n'], close: `${end}\n---` };
/** What was that, with lines of somebody else's in it now. */
const opened: Marks = { open: [begin, ' ---\n'], close: end };
/** In front matter that was there. */
const within: Marks = { open: [begin, '\n'], close: end };

interface Front {
  readonly marks: Marks;
  readonly place: () => Standing;
  readonly toml: boolean;
  /** The person's own line that states the source type. */
  readonly own: string | undefined;
}

function frontOf(text: string): Front {
  const { fence, from, to } = fencesOf(text) ?? { fence: '', from: 0, to: 0 };
  const toml = fence === '+++';
  const [ours] = frontBlocks(text);
  const bare = ours === undefined ? text.slice(from, to) : text.slice(from, to).replace(ours.block.inner, '');
  const own = /^digitalSourceType[ \t]*[:=].*$/m.exec(bare)?.[0];
  // Behind a table's head a line of TOML would be the table's.
  const place = fence === '' ? { at: 0, before: 0, behind: 2 } : { at: toml ? from : to, before: 0, behind: 1 };
  return { marks: ours?.marks ?? (fence === '' ? fenced : within), place: () => place, toml, own };
}

/** Ours in the front matter, with the marks that it has now. */
function frontBlocks(text: string): { readonly block: Block; readonly marks: Marks }[] {
  const head = text.slice(0, fencesOf(text)?.to ?? 0);
  const [whole] = blocksIn(text, fenced);
  if (whole?.from === 0) return [{ block: whole, marks: fenced }];
  return [opened, within].flatMap(marks => blocksIn(head, marks).map(block => ({ block, marks })));
}

/** Offsets behind the line that begins front matter and before the one that ends it. */
function fencesOf(text: string): { readonly fence: string; readonly from: number; readonly to: number } | undefined {
  const first = /^(---|\+\+\+)[ \t]*\n/.exec(text);
  if (first === null) return undefined;
  const fence = first[1]!;
  const last = fence === '---' ? /^(?:---|\.\.\.)[ \t]*$/m : /^\+\+\+[ \t]*$/m;
  const from = first[0].length;
  const found = last.exec(text.slice(from));
  return found === null ? undefined : { fence, from, to: from + found.index };
}

/** A key that the person's own front matter has is not given twice: that would be no YAML. */
function yamlLines(
  { digitalSourceType, level, tools, authors, date, id, AIGC }: Label,
  own: string | undefined,
): string {
  const json = (value: unknown) => JSON.stringify(value);
  return [
    ...(own === undefined ? [`digitalSourceType: ${digitalSourceType}`] : []),
    'aiLabel:',
    `  level: ${level}`,
    `  tools: ${json(tools.map(tool => oneLine(toolText([tool]))))}`,
    `  authors: ${json(authors.map(oneLine))}`,
    `  date: ${json(date)}`,
    `  id: ${json(id)}`,
    ...(AIGC === undefined ? [] : [`AIGC: ${AIGC}`]),
    '',
  ].join('\n');
}

function tomlLines({ digitalSourceType, level, tools, authors, date, id, AIGC }: Label): string {
  const json = (value: unknown) => JSON.stringify(value);
  const named = tools.map(tool => oneLine(toolText([tool])));
  const facts = [`level = ${json(level)}`, `tools = ${json(named)}`, `authors = ${json(authors.map(oneLine))}`];
  return [
    `digitalSourceType = ${json(digitalSourceType)}`,
    `aiLabel = { ${[...facts, `date = ${json(date)}`, `id = ${json(id)}`].join(', ')} }`,
    ...(AIGC === undefined ? [] : [`AIGC = ${json(AIGC)}`]),
    '',
  ].join('\n');
}

/** MDX takes JavaScript's comments, and no others. */
function noticeMarks(path: string): Marks {
  const [open, close] = posix.extname(path).toLowerCase() === '.mdx' ? ['{/* ', ' */}'] : ['<!-- ', ' -->'];
  return { open: [`${open}holograph:notice `, close], close: `${open}/holograph:notice${close}` };
}

/** As text: nothing in a name is markup. */
export function escaped(text: string): string {
  return oneLine(text).replace(/[\\`*_{}[\]<>#|~&]/g, '\\$&');
}
