import { type Fields, fields, list, text } from './json.ts';

/**
 * Applies a patch as npm `diff` structures it (`oldStart` one-based, `lines` that begin with a space, a
 * minus, a plus or a backslash) to the text it was made from. Every kept and removed line must stand
 * where the patch says; otherwise, and for anything that is no patch, the answer is undefined.
 */
export function applyPatch(before: string, patch: unknown): string | undefined {
  const old = lines(before);
  const out: string[] = [];
  let at = 0;
  for (const part of list(patch)) {
    const place = startOf(fields(part));
    if (place === undefined || place < at || place > old.length) return undefined;
    while (at < place) out.push(old[at++]!);
    for (const { sign, line } of signed(list(fields(part)?.lines))) {
      if (sign === '+') out.push(line);
      else if (old[at++] !== line) return undefined;
      else if (sign === ' ') out.push(line);
    }
  }
  return out.concat(old.slice(at)).join('');
}

/** Zero-based line at which a part begins. */
function startOf(part: Fields | undefined): number | undefined {
  const start = part?.oldStart;
  return typeof start === 'number' && Number.isInteger(start) ? Math.max(0, start - 1) : undefined;
}

/** Lines with their ends; the last one may have none. */
function lines(of: string): string[] {
  return of.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function signed(raw: readonly unknown[]): { sign: string; line: string }[] {
  const out: { sign: string; line: string }[] = [];
  for (const entry of raw) {
    const line = text(entry) ?? '';
    const last = out.at(-1);
    // "\ No newline at end of file" speaks of the line before it.
    if (line.startsWith('\\')) {
      if (last) last.line = last.line.slice(0, -1);
    } else out.push({ sign: line.charAt(0), line: `${line.slice(1)}\n` });
  }
  return out;
}
