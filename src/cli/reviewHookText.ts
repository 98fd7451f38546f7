/**
 * The lines that a git hook gets, and loses to the letter. Text of a hook is in latin1, a byte a character, so that
 * whatever bytes stand in it stay.
 */

export interface ReviewedFolder {
  /** The command line's program, absolute, with `/`. */
  readonly program: string;
  /** Topmost folder of the worktree, as git prints it: hooks may be shared by several. */
  readonly top: string;
  /** The recorded folder, absolute. */
  readonly folder: string;
}

const begin = '# >>> holograph review';
const end = '# <<< holograph review';
/** The hook has no other lines than ours. */
const whole = ' (whole file)';
const shebang = '#!/bin/sh\n';
const about = "# The house's review before a commit. To take these lines out: holograph review --hook remove\n";

/** Whether lines of the shell can stand in it. A script that names no program is run by the shell. */
export function isShellScript(text: string): boolean {
  if (text.includes('\0')) return false;
  if (!text.startsWith('#!')) return true;
  return /^#![ \t]*(?:\S*\/env[ \t]+(?:-S[ \t]+)?)?(?:\S*\/)?(?:ba|da|k|z|a)?sh(?:\.exe)?(?:\s|$)/.test(text);
}

/** A hook (absent: there is none) that reviews a folder too. */
export function hookWith(text: string | undefined, added: ReviewedFolder): string {
  const found = text === undefined ? undefined : blockIn(text);
  const known = found?.reviews ?? [];
  const reviews = [...known.filter(one => folderOf(one) !== added.folder), lineOf(added)];
  if (found) return found.before + blockOf(reviews, found.isWhole, found.endsText) + found.after;
  if (text === undefined) return shebang + blockOf(reviews, true);
  // Ours come first: a hook may end anywhere.
  if (!text.startsWith('#!')) return blockOf(reviews, false) + text;
  const line = text.indexOf('\n');
  if (line < 0) return `${text}\n${blockOf(reviews, false).slice(0, -1)}`;
  return text.slice(0, line + 1) + blockOf(reviews, false) + text.slice(line + 1);
}

/** The same hook without the review of a folder; undefined: nothing is left of it. */
export function hookWithout(text: string | undefined, folder: string): string | undefined {
  const found = text === undefined ? undefined : blockIn(text);
  if (text === undefined || found === undefined) return text;
  const reviews = found.reviews.filter(one => folderOf(one) !== folder);
  if (reviews.length > 0) return found.before + blockOf(reviews, found.isWhole, found.endsText) + found.after;
  const rest = found.before + found.after;
  if (found.isWhole && rest === shebang) return undefined;
  // What was put behind a last line without an end took one along.
  return found.endsText ? rest.slice(0, -1) : rest;
}

/** The folders that a hook reviews. */
export function reviewedFolders(text: string): readonly string[] {
  return (blockIn(text)?.reviews ?? []).flatMap(one => folderOf(one) ?? []);
}

interface Block {
  readonly before: string;
  readonly after: string;
  readonly reviews: readonly string[];
  readonly isWhole: boolean;
  /** It ends the text, without an end of its last line. */
  readonly endsText: boolean;
}

function blockIn(text: string): Block | undefined {
  const from = text.indexOf(`${begin}`);
  const last = text.indexOf(`${end}`, from);
  if (from < 0 || last < 0 || (from > 0 && text[from - 1] !== '\n')) return undefined;
  const line = text.indexOf('\n', last);
  const to = line < 0 ? text.length : line + 1;
  const [first = '', ...lines] = text.slice(from, last).split('\n');
  const foreign = lines.slice(0, -1).filter(one => folderOf(one) === undefined && `${one}\n` !== about);
  return {
    // What somebody wrote between ours is theirs, and goes before them.
    before: text.slice(0, from) + foreign.map(one => `${one}\n`).join(''),
    after: text.slice(to),
    reviews: lines.filter(one => folderOf(one) !== undefined),
    isWhole: first === `${begin}${whole}`,
    endsText: line < 0,
  };
}

function blockOf(reviews: readonly string[], isWhole: boolean, endsText = false): string {
  const lines = `${begin}${isWhole ? whole : ''}\n${about}${reviews.join('\n')}\n${end}`;
  return endsText ? lines : `${lines}\n`;
}

/** One line, so that it can be found again; only in this worktree, and only while the program is there. */
function lineOf({ program, top, folder }: ReviewedFolder): string {
  const [run, here, of] = [program, top, folder].map(quoted);
  const gone = quoted(`holograph: nothing was reviewed, the program is gone: ${program}`);
  const line = `if [ "$(git rev-parse --show-toplevel)" != ${here} ]; then :; elif [ -x ${run} ]; then ${run} review --staged --folder ${of} || exit 1; else echo ${gone} >&2; fi`;
  return Buffer.from(line, 'utf8').toString('latin1');
}

function folderOf(line: string): string | undefined {
  const found = / review --staged --folder '((?:[^']|'\\'')*)' \|\| exit 1;/.exec(line)?.[1];
  return found === undefined ? undefined : Buffer.from(found.replaceAll(`'\\''`, "'"), 'latin1').toString('utf8');
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}
