import { plainDigest } from './agents/plainText.ts';
import { annotate } from './git/annotation.ts';
import { isRefusal } from './git/program.ts';
import type { Commit, Worktree } from './git/worktree.ts';
import type { Candidates } from './gitCandidates.ts';
import { bareEnds, byLine, conflictLines, linesWith, rangesOf, sameLines } from './gitLines.ts';
import { blobId } from './journal/gitBlob.ts';
import type { Basis, Origin } from './provenance/origin.ts';
import type { PlacedSpan, Span } from './provenance/span.ts';

/** A change from outside that git is asked about. */
export interface AskedChange {
  /** Relative to the worktree's topmost folder, with `/`. */
  readonly path: string;
  /** SHA-256 (hex) of the whole text before, and the text after. */
  readonly before: string;
  readonly after: string;
  /** The bytes of the file, where it still holds that text. */
  readonly bytes: Uint8Array | undefined;
  readonly fresh: readonly PlacedSpan[];
  /** Milliseconds since 1970 UTC at which the text stood there. */
  readonly written: number;
  /** The last such moment at which it was known not to stand there; absent where nobody looked. */
  readonly since: number | undefined;
  /** git could not merge the file by itself. */
  readonly unmerged: boolean;
}

/** Characters that git brought, and by which commit, where it names one. */
export interface FromGit {
  readonly spans: readonly Span[];
  readonly origin: Origin;
  readonly commit?: Commit;
}

/** What git says of one change. */
export interface Answer {
  readonly parts: readonly FromGit[];
  /** git has the texts before and after: what the change took away, git took. */
  readonly took?: Origin;
}

/** Shorter runs of lines stand in too many files to say where they came from (UTF-16 code units, trimmed). */
const shortest = 24;
/** So many new files are asked about together, and so few one by one. */
const mostAtOnce = 400;
const fewest = 4;
/** Commits of one file's past that are looked through. */
const past = 40;
/** Texts above this length (UTF-16 code units) are compared as wholes only. */
const longest = 2_000_000;

/**
 * What git says of one change. A text that a commit has is git's only where git had it before the file did: a
 * person or a program writes first and commits afterwards, and a commit of that brought nothing, though a rebase may
 * write it once more. So a commit that was made in this worktree after the text was last known not to be there is
 * passed over; one that came from elsewhere is not. Commits state seconds: of one second nothing is concluded.
 */
export class GitAnswer {
  readonly #worktree: Worktree;
  readonly #candidates: Candidates;
  /** By path and file: the one commit that all its lines are of. */
  readonly #added = new Map<string, Commit>();
  /** Calls of git that may still be made for annotations and earlier texts. */
  #calls: number;

  constructor(worktree: Worktree, candidates: Candidates, calls: number) {
    this.#worktree = worktree;
    this.#candidates = candidates;
    this.#calls = calls;
  }

  /** What can be asked at once of many files that are new here. */
  async prepare(paths: readonly string[]): Promise<void> {
    const { commits, files } = this.#candidates;
    for (const { id } of commits.slice(0, 2)) {
      const there = paths.filter(path => files.has(`${id}:${path}`)).slice(0, mostAtOnce);
      if (there.length < fewest) continue;
      try {
        const added = await this.#worktree.addedBy(id, there);
        const names = [...added].map(([path, by]) => `${by.id}:${path}`);
        const then = await this.#worktree.objects(names);
        for (const [path, by] of added) {
          const file = files.get(`${id}:${path}`)!;
          if (then.get(`${by.id}:${path}`) === file) this.#added.set(`${path} ${file}`, by);
        }
      } catch (error) {
        unanswered(error);
      }
    }
  }

  async of(change: AskedChange): Promise<Answer> {
    const ids = new Set(await this.#idsOf(change));
    const { commits, files } = this.#candidates;
    const having = commits.filter(({ id }) => ids.has(files.get(`${id}:${change.path}`) ?? ''));
    const had = having.find(commit => isOlder(commit, change));
    if (had !== undefined) return this.#whole(change, had);
    if (having[0] !== undefined) return { parts: await this.#made(change, having[0]) };
    const former = await this.#former(change, ids);
    return former === undefined ? { parts: await this.#partly(change) } : this.#whole(change, former);
  }

  /** The file is that of a commit: each of its new lines was brought by some commit up to that one. */
  async #whole(change: AskedChange, commit: Commit): Promise<Answer> {
    const basis = await this.#basis(change);
    const lines = linesWith(change.fresh, change.after);
    const file = this.#candidates.files.get(`${commit.id}:${change.path}`);
    const all = this.#added.get(`${change.path} ${file}`);
    const by = all === undefined ? await this.#annotated(commit, change.path, lines) : undefined;
    const parts = found(
      byLine(change.fresh, change.after, line => all ?? by?.get(line) ?? 'git'),
      basis,
      'git.file',
    );
    return { parts, ...(basis === 'proven' && { took: { kind: 'external.git', basis, rule: 'git.file' } }) };
  }

  /** The file is that of a commit made afterwards, by a merge or a rebase: what it took from earlier ones is git's. */
  async #made(change: AskedChange, commit: Commit): Promise<FromGit[]> {
    const by = await this.#annotated(commit, change.path, linesWith(change.fresh, change.after));
    const own = (line: number) => {
      const from = by?.get(line);
      return from !== undefined && this.#brings(from, change) ? from : undefined;
    };
    return found(byLine(change.fresh, change.after, own), 'reported', 'git.file');
  }

  /** The file is not git's as a whole, as in a conflict: whole lines may be, and the marks of a conflict are. */
  async #partly(change: AskedChange): Promise<FromGit[]> {
    const { fresh, after, unmerged } = change;
    if (after.length > longest) return [];
    const by = await this.#lines(change);
    const marks = unmerged ? conflictLines(after) : new Set<number>();
    const told = unmerged ? by : longEnough(by, fresh, after);
    // A last line without an end gets one before a mark.
    const ended = marks.size > 0 ? bareEnds(fresh, after) : marks;
    const marked = (line: number) => marks.has(line) || (marks.has(line + 1) && ended.has(line));
    const of = (line: number) => (marked(line) ? 'marks' : told.get(line));
    return found(byLine(fresh, after, of), unmerged ? 'reported' : 'inferred', 'git.lines');
  }

  /** New lines that stand whole in a file of an earlier commit, with the commit that brought each. */
  async #lines(change: AskedChange): Promise<Map<number, Brought>> {
    const { path, fresh, after } = change;
    const by = new Map<number, Brought>();
    const open = new Set(linesWith(fresh, after));
    const seen = new Set<string>();
    for (const commit of this.#candidates.commits) {
      const id = this.#candidates.files.get(`${commit.id}:${path}`);
      if (open.size === 0 || id === undefined || seen.has(id) || this.#calls < 2) continue;
      seen.add(id);
      const other = await this.#blob(id);
      if (other === undefined || other.length > longest) continue;
      const same = [...sameLines(other, after)].filter(([line]) => open.has(line));
      const from = await this.#annotated(
        commit,
        path,
        same.map(([, line]) => line),
      );
      for (const [line, there] of same) {
        const own = from?.get(there);
        if (!isOlder(commit, change) && (own === undefined || !this.#brings(own, change))) continue;
        by.set(line, own ?? 'git');
        open.delete(line);
      }
    }
    return by;
  }

  /** An earlier commit of any branch whose file this is: a file may be brought back alone. */
  async #former({ path, ...change }: AskedChange, ids: ReadonlySet<string>): Promise<Commit | undefined> {
    if (this.#calls < 2) return undefined;
    this.#calls -= 2;
    try {
      const commits = (await this.#worktree.commitsOf(path, past)).filter(commit => isOlder(commit, change));
      const files = await this.#worktree.objects(commits.map(({ id }) => `${id}:${path}`));
      return commits.find(({ id }) => ids.has(files.get(`${id}:${path}`) ?? ''));
    } catch (error) {
      return unanswered(error);
    }
  }

  /** Whether git had a line of this commit before the file did. */
  #brings(commit: Commit, change: AskedChange): boolean {
    const { id, authored, committed } = commit;
    const { written, since } = change;
    if (isOlder(commit, change)) return true;
    const act = this.#candidates.acts.get(id) ?? '';
    if (!madeHere.test(act)) return committed < seconds(written);
    // What git made itself of an earlier commit: a revert of what it has, or a commit put elsewhere, with its date.
    return act.startsWith('revert: ') || (remade.test(act) && since !== undefined && authored < seconds(since));
  }

  /** `proven` where the text before is git's too: both ends of the change are then on record. */
  async #basis({ path, before, after }: AskedChange): Promise<Basis> {
    const { commits, files } = this.#candidates;
    const ids = commits.map(({ id }) => files.get(`${id}:${path}`));
    if (before === nothing && ids.includes(undefined)) return 'proven';
    for (const id of new Set(ids)) {
      if (id === undefined || this.#calls < 1) continue;
      const text = await this.#blob(id);
      if (text !== undefined && text !== after && plainDigest(text) === before) return 'proven';
    }
    return 'reported';
  }

  async #annotated(commit: Commit, path: string, lines: readonly number[]) {
    if (this.#calls < 1 || lines.length === 0) return undefined;
    this.#calls--;
    try {
      return await annotate(this.#worktree, commit.id, path, rangesOf(lines, 16));
    } catch (error) {
      return unanswered(error);
    }
  }

  async #blob(id: string): Promise<string | undefined> {
    this.#calls--;
    try {
      const text = await this.#worktree.blob(id);
      return plain(text);
    } catch (error) {
      return unanswered(error);
    }
  }

  /** Ids that git gives to this text: as its bytes stand, with other line ends, with a byte order mark, through filters. */
  async #idsOf({ path, after, bytes }: AskedChange): Promise<string[]> {
    const { hash } = this.#worktree;
    const crlf = after.replaceAll('\n', '\r\n');
    const forms = [after, `\uFEFF${after}`, crlf, `\uFEFF${crlf}`].map(text => Buffer.from(text, 'utf8'));
    const ids = [...(bytes === undefined ? [] : [bytes]), ...forms].map(form => blobId(form, hash));
    const { commits, files } = this.#candidates;
    const known = new Set(commits.map(({ id }) => files.get(`${id}:${path}`)));
    if (bytes === undefined || path.includes('\n') || this.#calls < 1 || ids.some(id => known.has(id))) return ids;
    this.#calls--;
    return [...ids, ...(await this.#worktree.idsOnDisk([path]).catch(error => unanswered(error) ?? []))];
  }
}

/** The digest of no text at all: the file was not there. */
const nothing = plainDigest('');

/** Acts of this worktree that make a commit, and those of them that make it of another without changing its lines. */
const madeHere = /^(commit|rebase|cherry-pick|revert|am|(merge|pull).*: Merge made)/;
const remade = /^(rebase.*\((pick|reword)\)|cherry-pick): /;

/** The commit, with all before it, was there when the text was known not to be. */
function isOlder({ committed }: Commit, { since }: Pick<AskedChange, 'since'>): boolean {
  return since !== undefined && committed < seconds(since);
}

function seconds(milliseconds: number): number {
  return Math.floor(milliseconds / 1000);
}

function plain(text: string): string {
  const own = text.startsWith('\uFEFF') ? text.slice(1) : text;
  return own.replaceAll('\r\n', '\n');
}

/** Where git does not answer, nothing is known. */
function unanswered(error: unknown): undefined {
  if (!isRefusal(error)) throw error;
}

/** What brought a line: a commit, or git, which names none. */
type Brought = Commit | 'git';
type Said = Brought | 'marks';

function found(by: ReadonlyMap<Said, readonly Span[]>, basis: Basis, rule: string): FromGit[] {
  return [...by].map(([said, spans]) => {
    if (said === 'marks') return { spans, origin: { kind: 'external.git', basis, rule: 'git.conflict' } };
    if (said === 'git') return { spans, origin: { kind: 'external.git', basis, rule } };
    return { spans, origin: { kind: 'external.git', basis, rule, commit: said.id }, commit: said };
  });
}

/** Of lines that follow one another those that are long enough together. */
function longEnough(
  by: ReadonlyMap<number, Brought>,
  fresh: readonly PlacedSpan[],
  text: string,
): Map<number, Brought> {
  const lines = text.split('\n');
  const long = rangesOf(linesWith(fresh, text).filter(line => by.has(line))).filter(({ from, to }) => {
    return lines.slice(from, to).reduce((n, line) => n + line.trim().length, 0) >= shortest;
  });
  return new Map([...by].filter(([line]) => long.some(({ from, to }) => from <= line && line < to)));
}
