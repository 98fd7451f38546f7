import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { type SessionLine, session, type Trace } from '../traces/session.ts';

/** One thing that is done to the text, in offsets of the text as it stands then. */
export type Act =
  | { readonly kind: 'type' | 'paste' | 'complete'; readonly at: number; readonly text: string }
  | { readonly kind: 'back'; readonly at: number; readonly count: number }
  | { readonly kind: 'erase'; readonly at: number; readonly to: number };

/** Essays and stories that people wrote with a language model, recorded by others: beside the repository. */
export const sessionsFile = join(process.env.HOLOGRAPH_OUT ?? '', '../../shared/traces/coauthor-sessions.jsonl.gz');

/** Steps above which a session takes too long to play. */
const longest = 450;

/**
 * Twenty sessions with a model's text in them: of those of at most 450 steps, in the order of the file, every k-th,
 * k as large as leaves twenty. Left out are those in which the model puts a line and its line break on an empty
 * line: the editor does not show that as ghost text. Nothing where the file is absent.
 */
export function sessions(): readonly Trace[] {
  if (!existsSync(sessionsFile)) return [];
  const all = gunzipSync(readFileSync(sessionsFile)).toString('utf8').trimEnd().split('\n');
  const small = all
    .map(line => JSON.parse(line) as SessionLine)
    .filter(s => s.dt.length <= longest && s.api.length > 0)
    .map(session)
    .filter(isShown);
  const stride = Math.max(1, Math.floor(small.length / 20));
  return small.filter((_, i) => i % stride === 0).slice(0, 20);
}

function isShown({ start, steps }: Trace): boolean {
  let text = start;
  for (const { machine, patches } of steps) {
    for (const [at, deleted, insert] of patches) {
      if (machine && /^[^\n].*\n$/s.test(insert) && text[at - 1] === '\n') return false;
      text = text.slice(0, at) + insert + text.slice(at + deleted);
    }
  }
  return true;
}

/**
 * A session as acts. The person's inserts are keys, one after another; those with a line break among several
 * characters are pasted; deletions of single characters from behind are Backspace, others a selection that is deleted.
 */
export function actsOf({ steps }: Trace): readonly Act[] {
  const acts: Act[] = [];
  for (const { patches, machine } of steps) {
    for (const [at, deleted, text] of patches) {
      if (deleted > 0) erase(acts, at, deleted);
      if (text === '') continue;
      const last = acts.at(-1);
      if (machine) acts.push({ kind: 'complete', at, text });
      else if (text.length > 1 && text.includes('\n')) acts.push({ kind: 'paste', at, text });
      else if (last?.kind === 'type' && last.at + last.text.length === at)
        acts[acts.length - 1] = { ...last, text: last.text + text };
      else acts.push({ kind: 'type', at, text });
    }
  }
  return acts;
}

function erase(acts: Act[], at: number, deleted: number): void {
  const last = acts.at(-1);
  if (deleted > 1) acts.push({ kind: 'erase', at, to: at + deleted });
  else if (last?.kind === 'back' && last.at === at + 1)
    acts[acts.length - 1] = { kind: 'back', at, count: last.count + 1 };
  else acts.push({ kind: 'back', at, count: 1 });
}
