import { type JsonNode, jsonNodes } from './jsonText.ts';

export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };
export type Step = string | number;

/** One replacement in a text: `insert` in the place of the units from `from` up to `to`. */
export interface TextEdit {
  readonly from: number;
  readonly to: number;
  readonly insert: string;
}

/**
 * The replacement by which a JSON text says another value at a path, or nothing there (`undefined`). What lies on the
 * path and is missing is made; a group or a list of texts that nothing is left of goes too; all other bytes stay.
 * A name is a member of an object, a number an item of a list, at most one behind its last. Undefined: nothing is to be
 * done, or the text is no JSON object, or the path leads through what is neither object nor list.
 */
export function editOf(text: string, path: readonly Step[], value: Json | undefined): TextEdit | undefined {
  const root = jsonNodes(text);
  if (root?.is !== 'object' || path.length === 0) return undefined;
  const style = styleOf(text, root);
  const trail: JsonNode[] = [root];
  for (const step of path) {
    const next = childOf(trail.at(-1)!, step);
    if (next === undefined) break;
    trail.push(next);
  }
  const found = trail.length === path.length + 1;
  if (value === undefined) return found ? removed(trail, path) : undefined;
  const last = trail.at(-1)!;
  if (found) {
    const written = style.write(value, trail.length - 1);
    return written === text.slice(last.from, last.to) ? undefined : { from: last.from, to: last.to, insert: written };
  }
  const rest = path.slice(trail.length - 1);
  const made = rest.slice(1).reduceRight<Json>((inner, step) => wrapped(step, inner), value);
  return added(text, last, rest[0]!, made, style, trail.length);
}

/** The text after an edit. */
export function edited(text: string, edit: TextEdit | undefined): string {
  return edit === undefined ? text : text.slice(0, edit.from) + edit.insert + text.slice(edit.to);
}

/** The value that stands at a path. */
export function valueAt(json: unknown, path: readonly Step[]): unknown {
  return path.reduce<unknown>(
    (value, step) =>
      typeof value === 'object' && value !== null ? (value as Readonly<Record<Step, unknown>>)[step] : undefined,
    json,
  );
}

function childOf(node: JsonNode, step: Step): JsonNode | undefined {
  if (node.is === 'list') return typeof step === 'number' ? node.items[step] : undefined;
  // Of members with one name the last counts.
  return node.is === 'object' ? node.members.findLast(({ name }) => name === step)?.value : undefined;
}

function wrapped(step: Step, inner: Json): Json {
  return typeof step === 'number' ? [inner] : { [step]: inner };
}

function added(
  text: string,
  node: JsonNode,
  step: Step,
  value: Json,
  style: Style,
  depth: number,
): TextEdit | undefined {
  if (node.is === 'value') return undefined;
  const members = node.is === 'list' ? node.items : node.members;
  if (node.is === 'list' ? step !== members.length : typeof step !== 'string') return undefined;
  const written = `${node.is === 'list' ? '' : `${JSON.stringify(step)}:${style.space}`}${style.write(value, depth)}`;
  const last = members.at(-1);
  if (last === undefined)
    return { from: node.from + 1, to: node.to - 1, insert: `${style.line(depth)}${written}${style.line(depth - 1)}` };
  const end =
    'value' in last && typeof last.value === 'object' && last.value !== null ? last.value.to : (last as JsonNode).to;
  // As its neighbours stand: below each other, or in one line.
  const below = text.slice(node.from, node.to).includes('\n');
  return { from: end, to: end, insert: `,${below ? style.line(depth) : style.space}${written}` };
}

/** Takes a value away, with its comma, and what would be left empty around it. */
function removed(trail: readonly JsonNode[], path: readonly Step[]): TextEdit {
  let rank = path.length - 1;
  const isAlone = (node: JsonNode) =>
    node.is === 'object' ? node.members.length === 1 : node.is === 'list' && node.items.length === 1;
  while (rank > 0 && isAlone(trail[rank]!)) rank--;
  const parent = trail[rank]!;
  const all = parent.is === 'object' ? parent.members.map(({ from, value: { to } }) => ({ from, to })) : [];
  const places = parent.is === 'list' ? parent.items : all;
  const step = path[rank]!;
  const at = parent.is === 'object' ? parent.members.findLastIndex(({ name }) => name === step) : (step as number);
  const { from, to } = places[at]!;
  const [before, after] = [places[at - 1], places[at + 1]];
  if (before !== undefined) return { from: before.to, to, insert: '' };
  if (after !== undefined) return { from, to: after.from, insert: '' };
  return { from: parent.from + 1, to: parent.to - 1, insert: '' };
}

/** How the file is written: what stands for a step inward, and between a name and its value. */
interface Style {
  readonly space: string;
  line(depth: number): string;
  write(value: Json, depth: number): string;
}

function styleOf(text: string, root: JsonNode): Style {
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = /^\ufeff?\s*\{\r?\n([ \t]+)/.exec(text)?.[1] ?? '  ';
  const compact = root.is === 'object' && root.members.length > 0 && !/[\r\n]/.test(text.trim());
  const space = compact && !/": /.test(text) ? '' : ' ';
  const line = (depth: number) => (compact ? '' : `${eol}${indent.repeat(depth)}`);
  return {
    space,
    line,
    write: (value, depth) => {
      if (compact) return JSON.stringify(value);
      return JSON.stringify(value, undefined, indent).replaceAll('\n', `${eol}${indent.repeat(depth)}`);
    },
  };
}
