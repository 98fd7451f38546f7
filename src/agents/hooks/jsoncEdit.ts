import { isContainer, type JsoncChild, type JsoncContainer, memberOf, parseJsonc } from './jsoncText.ts';

// `jsonc-parser` (3.3.1) puts an entry in by writing what stands around it anew: `{"a": 1}` becomes four lines, a comment
// behind the last entry goes to ours. What only is put in can be cut out again to the letter, and nothing of the file's own
// has to be kept for that.

/** What was put into a text: offsets in the new text, half-open, ascending. Cutting them out gives the old one back. */
export interface Inserted {
  readonly text: string;
  readonly ranges: readonly Range[];
}

export interface Range {
  readonly from: number;
  readonly to: number;
}

/**
 * Puts an item behind the last one of the array at `path`, which is made where it is not there, in the text's own manner
 * of indenting. Everything else stays as it is, comments and order included. Undefined: the text is malformed, or what
 * stands at the path is something else.
 */
export function appendItem(text: string, path: readonly string[], item: unknown): Inserted | undefined {
  let at = parseJsonc(text);
  let value = item;
  for (const [index, key] of path.entries()) {
    if (!isContainer(at, 'object')) return undefined;
    const next = memberOf(at, key);
    if (next === undefined) {
      value = [item];
      for (const outer of path.slice(index + 1).toReversed()) value = { [outer]: value };
      return inserted(text, at, value, key);
    }
    at = next;
  }
  return isContainer(at, 'array') ? inserted(text, at, item) : undefined;
}

/** Puts a member at an object's end; nothing where it is there already. */
export function appendMember(text: string, key: string, value: unknown): Inserted | undefined {
  const root = parseJsonc(text);
  if (!isContainer(root, 'object')) return undefined;
  return memberOf(root, key) === undefined ? inserted(text, root, value, key) : { text, ranges: [] };
}

/** The text without a child of a container, its comma and the space before it. */
export function withoutChild(text: string, container: JsoncContainer, child: JsoncChild): string {
  const index = container.children.indexOf(child);
  // Its own comma goes with it; the last has none, and takes the one before.
  const comma = container.commas[index] ?? container.commas[index - 1];
  const before = text.slice(container.from + 1, child.from);
  const behind = text.slice(child.to, container.to - 1);
  // A comment up to the line's end needs that end.
  const commented = /\/\/[^\n]*\n\s*$/.test(before) && !/^,?[ \t]*\r?\n/.test(behind);
  const from = commented ? child.from : child.from - /\s*$/.exec(before)![0].length;
  const alone = /^\s*$/.test(before) && /^\s*,?\s*$/.test(behind);
  const to = alone ? child.to + /^\s*/.exec(behind)![0].length : child.to;
  const cuts = [{ from, to }, ...(comma === undefined ? [] : [{ from: comma, to: comma + 1 }])];
  return cut(text, cuts);
}

/** The text without ranges that do not overlap. */
export function cut(text: string, ranges: readonly Range[]): string {
  let out = text;
  for (const { from, to } of ranges.toSorted((a, b) => b.from - a.from)) out = out.slice(0, from) + out.slice(to);
  return out;
}

/** Ranges of an earlier insertion, after a later one into its text. */
export function shifted(ranges: readonly Range[], later: readonly Range[]): readonly Range[] {
  let all = [...ranges];
  for (const one of later) {
    const by = one.to - one.from;
    all = all.flatMap(range => {
      if (range.to <= one.from) return [range];
      if (range.from >= one.from) return [{ from: range.from + by, to: range.to + by }];
      return [
        { from: range.from, to: one.from },
        { from: one.to, to: range.to + by },
      ];
    });
  }
  return [...all, ...later].toSorted((a, b) => a.from - b.from);
}

function inserted(text: string, container: JsoncContainer, value: unknown, key?: string): Inserted {
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const unit = unitOf(text);
  const indent = /^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', container.from) + 1))![0];
  const last = container.children.at(-1);
  const own = last && lineStart(text, last.from);
  const inner = own ?? indent + unit;
  const beside = last !== undefined && own === undefined;
  const lines = JSON.stringify(value, null, unit)
    .split('\n')
    .join(end + (beside ? indent : inner));
  const rendered = (key === undefined ? '' : `${JSON.stringify(key)}: `) + lines;
  const space = beside ? ' ' : end + inner;
  const parts: { at: number; text: string }[] = [];
  const trailing = last && container.commas.length === container.children.length;
  if (last && !trailing) parts.push({ at: last.to, text: ',' });
  const from = last ? (trailing ? container.commas.at(-1)! + 1 : last.to) : container.from + 1;
  const rest = text.slice(from, container.to - 1);
  // Comments behind the last entry stay with it.
  const at = from + rest.trimEnd().length;
  const closing = last !== undefined || rest.trimEnd().length < rest.lastIndexOf('\n') + 1 ? '' : end + indent;
  const lineComment = /\/\/[^\n]*$/.test(rest.trimEnd());
  parts.push({ at, text: (lineComment ? end + inner : space) + rendered + closing });
  return placed(text, parts);
}

function placed(text: string, parts: readonly { readonly at: number; readonly text: string }[]): Inserted {
  let out = '';
  let done = 0;
  const ranges: Range[] = [];
  for (const part of parts) {
    out += text.slice(done, part.at);
    ranges.push({ from: out.length, to: out.length + part.text.length });
    out += part.text;
    done = part.at;
  }
  return { text: out + text.slice(done), ranges };
}

/** The white space before an entry, if it begins its line. */
function lineStart(text: string, at: number): string | undefined {
  const before = text.slice(text.lastIndexOf('\n', at - 1) + 1, at);
  return /^[ \t]*$/.test(before) && text.lastIndexOf('\n', at - 1) >= 0 ? before : undefined;
}

function unitOf(text: string): string {
  return /^[ \t]+(?=["{[])/m.exec(text)?.[0].replace(/^(\t).*/, '$1') ?? '  ';
}
