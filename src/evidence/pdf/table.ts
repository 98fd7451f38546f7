import type { Cell, Setter } from './cells.ts';
import type { Ground } from './ground.ts';
import { type Line, linesOf, wordWidth } from './line.ts';
import type { Look } from './look.ts';
import { attributeOf, type Element, hasClass, textOf } from './nodes.ts';
import { black, rule } from './sheet.ts';
import type { Strip } from './strip.ts';
import { artifact, type Tag } from './tag.ts';

export interface TableForm {
  readonly setter: Setter;
  readonly look: Look;
  readonly x: number;
  readonly width: number;
  readonly above: number;
  readonly leading: number;
  /** Below each row. */
  readonly pad: number;
}

interface Row {
  readonly entries: readonly Entry[];
  readonly kind: 'head' | 'body' | 'foot';
}

interface Entry {
  readonly element: Element;
  readonly cells: readonly Cell[];
  readonly heads: 'Row' | 'Column' | undefined;
}

const gap = 6;
/** A row higher than this may be parted. */
const parted = 15;

/** A table's rows as strips; its head stands again on every page. `tag` is the table's own. */
export function tableStrips(table: Element, tag: Tag, form: TableForm): Strip[] {
  const { rows, size } = fittingRows(table, form);
  const leading = (form.leading * (size + 2)) / (form.look.size + 2);
  if (rows.length === 0) return [];
  const figures = hasClass(table, 'figs') && !hasClass(table, 'words');
  const widths = widthsOf(rows, form.width, hasClass(table, 'facts'));
  // A signature on a page by itself would be under nothing.
  const whole = hasClass(table, 'signed');
  const strips: Strip[] = [];
  let head: Strip | undefined;
  for (const [i, row] of rows.entries()) {
    const keep = row.kind === 'head' || (whole && i < rows.length - 1);
    const above = i === 0 ? form.above : 0;
    const made = rowStrips(row, tag, { ...form, leading, widths, figures, above, keep }, head);
    strips.push(...made);
    if (row.kind === 'head') head = made[0];
  }
  return strips;
}

/** Of many columns the letters are smaller, so that no word is broken. */
function fittingRows(table: Element, form: TableForm): { readonly rows: Row[]; readonly size: number } {
  for (const size of [form.look.size, 9, 8]) {
    const rows = rowsOf(table, { ...form, look: { ...form.look, size } });
    const count = rows.reduce((most, { entries }) => Math.max(most, entries.length), 0);
    const room = form.width - gap * (count - 1);
    const widths = columnsOf(rows, count, wordWidth);
    if (size === 8 || widths.reduce((a, b) => a + b, 0) <= room) return { rows, size };
  }
  return { rows: [], size: 8 };
}

function columnsOf(rows: readonly Row[], count: number, of: (cells: readonly Cell[]) => number): number[] {
  const widest = (i: number) => rows.reduce((most, row) => Math.max(most, of(row.entries[i]?.cells ?? [])), 8);
  return Array.from({ length: count }, (_, i) => widest(i));
}

function rowsOf(table: Element, { setter, look }: TableForm): Row[] {
  const rows: Row[] = [];
  const walk = (element: Element, kind: Row['kind']) => {
    for (const child of element.children) {
      if (typeof child === 'string') continue;
      if (child.name === 'thead') walk(child, 'head');
      else if (child.name === 'tfoot') walk(child, 'foot');
      else if (child.name === 'tbody') walk(child, 'body');
      else if (child.name === 'tr') rows.push({ kind, entries: entriesOf(child, kind, setter, look) });
    }
  };
  walk(table, 'body');
  return rows;
}

function entriesOf(row: Element, kind: Row['kind'], setter: Setter, look: Look): Entry[] {
  return row.children.flatMap(element => {
    if (typeof element === 'string') return [];
    const heads = element.name !== 'th' || textOf(element).trim() === '' ? undefined : headed(element, kind);
    return [{ element, heads, cells: setter.cells(element.children, look, false) }];
  });
}

function headed(element: Element, kind: Row['kind']): 'Row' | 'Column' {
  return kind === 'head' || attributeOf(element, 'scope') === 'col' ? 'Column' : 'Row';
}

/** Columns as wide as their longest lines where that fits; else each keeps its longest word and they share the rest. */
function widthsOf(rows: readonly Row[], width: number, facts: boolean): number[] {
  const count = rows.reduce((most, { entries }) => Math.max(most, entries.length), 0);
  const room = width - gap * (count - 1);
  const longest = columnsOf(rows, count, cells =>
    linesOf(cells, Number.POSITIVE_INFINITY).reduce((most, { width }) => Math.max(most, width), 0),
  );
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);
  if (facts && count === 2) {
    const first = Math.min(longest[0]!, room * 0.3);
    return [first, room - first];
  }
  if (sum(longest) <= room) {
    const spare = (room - sum(longest)) / count;
    return longest.map(one => one + spare);
  }
  const words = columnsOf(rows, count, wordWidth);
  if (sum(words) > room) return words.map(one => (one * room) / sum(words));
  const share = (room - sum(words)) / (sum(longest) - sum(words));
  return words.map((one, i) => one + (longest[i]! - one) * share);
}

interface RowForm extends TableForm {
  readonly widths: readonly number[];
  readonly figures: boolean;
  /** With the row that follows. */
  readonly keep: boolean;
}

function rowStrips(row: Row, table: Tag, form: RowForm, head: Strip | undefined): Strip[] {
  const tag = table.inside('TR');
  const tags = row.entries.map(({ heads }) => tag.inside(heads ? 'TH' : 'TD', heads ? { scope: heads } : {}));
  const all = row.entries.map(({ cells }, i) => linesOf(cells, form.widths[i]!));
  const most = Math.max(...all.map(lines => lines.length), 1);
  const strips: Strip[] = [];
  for (let from = 0; from < most; from += parted) {
    const lines = all.map(one => one.slice(from, from + parted));
    const last = from + parted >= most;
    const height = Math.max(...lines.map(one => one.length)) * form.leading + (last ? form.pad : 0);
    strips.push({
      height,
      above: from === 0 ? form.above : 0,
      keep: form.keep,
      ...(head && { head }),
      ids: lines.flat().flatMap(line => line.ids),
      paint: (ground, y, again) => paintRow(ground, y, { row, lines, tags, form, height, last, again: again ?? false }),
    });
  }
  return strips;
}

interface PaintedRow {
  readonly row: Row;
  readonly lines: readonly (readonly Line[])[];
  readonly tags: readonly Tag[];
  readonly form: RowForm;
  readonly height: number;
  readonly last: boolean;
  readonly again: boolean;
}

function paintRow(ground: Ground, y: number, { row, lines, tags, form, height, last, again }: PaintedRow): void {
  const draw = () => {
    let { x } = form;
    for (const [i, width] of form.widths.entries()) {
      const right = form.figures && i > 0 && row.entries[i]?.heads !== 'Row' && !isNamed(row.entries[i]);
      // On a row's last line, so that a head of few words stands by its column.
      const down = row.kind === 'head' ? (height - form.pad) / form.leading - (lines[i]?.length ?? 0) : 0;
      for (const [n, line] of (lines[i] ?? []).entries()) {
        const at = right ? x + width - line.width : x;
        ground.line(line, at, y + (n + down) * form.leading + 9.6, again ? undefined : tags[i]);
      }
      x += width + gap;
    }
  };
  // What is empty is a cell too: without it the columns would not be counted right.
  if (again) artifact(ground.document, 'Pagination', draw);
  else {
    for (const tag of tags) tag.element(ground.document);
    draw();
  }
  if (row.kind === 'foot') ground.rule(form.x, y - 1.2, form.width, black, 0.8);
  else if (last)
    ground.rule(
      form.x,
      y + height - 1.2,
      form.width,
      ...((row.kind === 'head' ? [black, 0.8] : [rule, 0.5]) as [typeof black, number]),
    );
}

function isNamed(entry: Entry | undefined): boolean {
  return entry !== undefined && hasClass(entry.element, 'name');
}
