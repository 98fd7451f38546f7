/**
 * The patch language of Codex and of other tools for OpenAI's models ("V4A"; source: openai/codex, `codex-rs/apply-patch`):
 * between `*** Begin Patch` and `*** End Patch`, files to add, delete or update, an update as places of kept lines
 * (behind a space), removed ones (minus) and new ones (plus), found by their text and not by line numbers.
 */
export type FilePatch =
  | {
      readonly kind: 'add';
      readonly file: string;
      /** With an end behind every line; some tools leave out the last. */
      readonly text: string;
    }
  | { readonly kind: 'delete'; readonly file: string }
  | {
      readonly kind: 'update';
      readonly file: string;
      /** The file's new name. */
      readonly to?: string;
      readonly places: readonly PatchPlace[];
    };

/** One place of an update: whole lines, each with its end. */
export interface PatchPlace {
  /** Lines that stand before the place, each behind the one before: `@@ class A`. */
  readonly headings: readonly string[];
  /** Kept and removed lines. Empty: the new ones are put at the end of the file. */
  readonly old: string;
  /** Kept and new lines. */
  readonly new: string;
  /** The old lines are the file's last. */
  readonly atEnd: boolean;
}

/** The files of the first patch in a text (a tool's input, or a shell command with the patch as its document); undefined: there is none, or it is malformed. */
export function filesOf(text: string): readonly FilePatch[] | undefined {
  const from = text.search(/^\*\*\* Begin Patch\s*$/m);
  if (from < 0) return undefined;
  const lines = text
    .slice(from)
    .split(/\r?\n/)
    .map(line => (line.startsWith('*** ') ? line.trimEnd() : line));
  const end = lines.indexOf('*** End Patch');
  if (end < 0) return undefined;
  const files: FilePatch[] = [];
  for (let at = 1; at < end; ) {
    const next = lines.findIndex((line, index) => index > at && (index === end || header.test(line)));
    const file = fileOf(lines.slice(at, next));
    if (!file) return undefined;
    files.push(file);
    at = next;
  }
  return files.length > 0 ? files : undefined;
}

const header = /^\*\*\* (Add|Delete|Update) File: (.+)$/;

function fileOf([first, ...lines]: readonly string[]): FilePatch | undefined {
  const [, kind, file] = header.exec(first ?? '') ?? [];
  if (file === undefined) return undefined;
  if (kind === 'Delete') return lines.every(line => line === '') ? { kind: 'delete', file } : undefined;
  if (kind === 'Add') {
    if (!lines.every(line => line.startsWith('+'))) return undefined;
    return { kind: 'add', file, text: lines.map(line => `${line.slice(1)}\n`).join('') };
  }
  const [, to] = /^\*\*\* Move to: (.+)$/.exec(lines[0] ?? '') ?? [];
  const places = placesOf(to === undefined ? lines : lines.slice(1));
  return places && { kind: 'update', file, ...(to === undefined ? {} : { to }), places };
}

function placesOf(lines: readonly string[]): PatchPlace[] | undefined {
  const places: { headings: string[]; old: string; new: string; atEnd: boolean }[] = [];
  let open = false;
  for (const line of lines) {
    const heading = line === '@@' ? '' : line.startsWith('@@ ') ? line.slice(3) : undefined;
    const last = places.at(-1);
    if (heading !== undefined) {
      const empty = last && last.old === '' && last.new === '' && !last.atEnd;
      if (!empty) places.push({ headings: [], old: '', new: '', atEnd: false });
      if (heading !== '') places.at(-1)!.headings.push(heading);
      open = true;
      continue;
    }
    if (!open && line.trim() === '') continue;
    if (!open && last) return undefined;
    if (!last) places.push({ headings: [], old: '', new: '', atEnd: false });
    open = true;
    const place = places.at(-1)!;
    if (line === '*** End of File') {
      place.atEnd = true;
      open = false;
    } else if (!put(place, line)) return undefined;
  }
  return places.filter(place => place.old !== '' || place.new !== '');
}

/** An empty line is a kept empty line whose space was lost. */
function put(place: { old: string; new: string }, line: string): boolean {
  const [sign, own] = [line.charAt(0) || ' ', `${line.slice(1)}\n`];
  if (sign !== ' ' && sign !== '-' && sign !== '+') return false;
  if (sign !== '+') place.old += own;
  if (sign !== '-') place.new += own;
  return true;
}

/**
 * The text after an update, where the patch alone says it: every heading and place stands in the text to the letter,
 * in order. Where a tool would have matched loosely (white space, quotation marks) or where tools differ (a last line
 * without its end), the answer is undefined.
 */
export function patched(before: string, places: readonly PatchPlace[]): string | undefined {
  if (before !== '' && !before.endsWith('\n')) return undefined;
  const lines = linesOf(before);
  let out = '';
  let done = 0;
  for (const { headings, old, new: next, atEnd } of places) {
    let at = done;
    for (const heading of headings) {
      const found = lines.indexOf(`${heading}\n`, at);
      if (found < 0) return undefined;
      at = found + 1;
    }
    const wanted = linesOf(old);
    if (wanted.length === 0 && headings.length > 0) return undefined;
    const found = atEnd || wanted.length === 0 ? endOf(lines, wanted, at) : placeOf(lines, wanted, at);
    if (found === undefined) return undefined;
    out += lines.slice(done, found).join('') + next;
    done = found + wanted.length;
  }
  return out + lines.slice(done).join('');
}

function placeOf(lines: readonly string[], wanted: readonly string[], from: number): number | undefined {
  for (let at = lines.indexOf(wanted[0]!, from); at >= 0; at = lines.indexOf(wanted[0]!, at + 1)) {
    if (wanted.every((line, index) => lines[at + index] === line)) return at;
  }
  return undefined;
}

function endOf(lines: readonly string[], wanted: readonly string[], from: number): number | undefined {
  const at = lines.length - wanted.length;
  return at >= from && wanted.every((line, index) => lines[at + index] === line) ? at : undefined;
}

function linesOf(of: string): readonly string[] {
  return of.match(/[^\n]*\n/g) ?? [];
}
