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

/** One place of an update: whole lines, each with its end. Without old ones the new are put at the end of the file. */
export interface PatchPlace {
  /** Kept and removed lines. */
  readonly old: string;
  /** Kept and new lines. */
  readonly new: string;
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
    let next = at + 1;
    while (next < end && !header.test(lines[next]!)) next++;
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

/** `@@`, alone or with a line that stands before the place, begins one; the first may begin without. */
function placesOf(lines: readonly string[]): PatchPlace[] | undefined {
  const places: { old: string; new: string }[] = [];
  let place: { old: string; new: string } | undefined;
  for (const line of lines) {
    const begins = line === '@@' || line.startsWith('@@ ');
    // Between places, and behind the mark of the file's end, only empty lines stand.
    if (!place && !begins && line.trim() === '') continue;
    if (!place && !begins && places.length > 0) return undefined;
    if (!place || begins) {
      place = { old: '', new: '' };
      places.push(place);
    }
    if (line === '*** End of File') place = undefined;
    else if (!begins && !put(place, line)) return undefined;
  }
  return places.filter(({ old, new: next }) => old !== '' || next !== '');
}

/** An empty line is a kept empty line whose space was lost. */
function put(place: { old: string; new: string }, line: string): boolean {
  const [sign, own] = [line.charAt(0) || ' ', `${line.slice(1)}\n`];
  if (sign !== ' ' && sign !== '-' && sign !== '+') return false;
  if (sign !== '+') place.old += own;
  if (sign !== '-') place.new += own;
  return true;
}
