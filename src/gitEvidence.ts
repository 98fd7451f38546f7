import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { plainDigest } from './agents/plainText.ts';
import { Worktree } from './git/worktree.ts';
import { type Answer, type AskedChange, type FromGit, GitAnswer } from './gitAnswer.ts';
import { candidatesOf } from './gitCandidates.ts';
import { stateOf } from './gitState.ts';
import type { SeenOutside } from './journal/messages.ts';

export interface GitEvidenceOptions {
  /** The recorded folder, absolute; paths are below it. */
  readonly folder: string;
  /** The whole text with this digest. */
  readonly text: (digest: string) => Promise<string | undefined>;
  /** What git says of changes, those of one round together. */
  readonly tell: (found: readonly Told[]) => Promise<void>;
  /** A repository cannot be asked: said once each. */
  readonly refused: (top: string, error: unknown) => void;
  readonly failed: (error: unknown) => void;
}

/** What git says of one change. */
export interface Told extends Answer {
  readonly act: number;
}

interface Waiting {
  readonly path: string;
  readonly change: SeenOutside;
  /** Milliseconds since 1970 UTC. */
  readonly seen: number;
  /** The file was looked at all the time before. */
  readonly watched: boolean;
  /** How git stood when it was asked last. */
  state?: string;
  asked: number;
}

/** The digest of no text: the file was not there. */
const nothing = plainDigest('');
/** Milliseconds that changes are gathered: a checkout writes many files. */
const gather = 80;
/** A change is told of so long (milliseconds) after it was made, at most: a machine may be busy, or asleep. */
const late = 60_000;
/** A change that git has not explained so long (milliseconds), or so often asked, is not its. */
const patience = 10 * 60_000;
const mostAsked = 12;
/** Changes that wait at most; the oldest goes first. */
const most = 5000;
/** Calls of git for single files in one round. */
const calls = 600;
/** Texts that are fetched from the journal in one round, where the file does not hold them any more. */
const fetched = 50;

/**
 * Asks git of changes that came from outside, in rounds, in the background. git writes files before it moves HEAD:
 * what it has not explained is asked again when its state has changed. Lives as long as the folder is recorded.
 */
export class GitEvidence {
  readonly #options: GitEvidenceOptions;
  readonly #waiting = new Set<Waiting>();
  readonly #worktrees = new Map<string, Promise<Worktree | undefined>>();
  /** Changes that were put aside, by worktree: git forgets them when they are taken back. */
  readonly #stashes = new Map<string, Set<string>>();
  #turn: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(options: GitEvidenceOptions) {
    this.#options = options;
  }

  /** Learns what has been put aside before anything changes. */
  begin(): void {
    this.#inTurn(async () => {
      const worktree = await this.worktree();
      if (worktree !== undefined) await this.#shelved(worktree);
    });
  }

  /** The worktree that the folder lies in, if git can be asked of one. */
  worktree(): Promise<Worktree | undefined> {
    return this.#worktreeOf(join(this.#options.folder, '.'));
  }

  /** A text of the folder changed from outside, seen at `time` (ms since 1970 UTC); `watched`: just before that. */
  seen(
    path: string,
    change: SeenOutside,
    { time, watched }: { readonly time: number; readonly watched: boolean },
  ): void {
    this.#waiting.add({ path, change, seen: time, watched, asked: 0 });
    if (this.#waiting.size > most) this.#waiting.delete(this.#waiting.values().next().value!);
    this.#later(gather);
  }

  /** git has been asked of all that was seen, as it stands now. */
  async settle(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#inTurn(() => this.#round(true));
    await this.#turn;
  }

  dispose(): void {
    this.#disposed = true;
    clearTimeout(this.#timer);
    this.#waiting.clear();
  }

  #inTurn(act: () => Promise<void>): void {
    this.#turn = this.#turn.then(() => (this.#disposed ? undefined : act())).catch(this.#options.failed);
  }

  #later(milliseconds: number): void {
    if (this.#disposed) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#inTurn(() => this.#round(false)), milliseconds);
    this.#timer.unref();
  }

  /** `now`: though git is still at work. */
  async #round(now: boolean): Promise<void> {
    const tops = new Map<string, Waiting[]>();
    for (const one of this.#waiting) {
      const top = topOf(dirname(join(this.#options.folder, one.path)));
      if (top === undefined) this.#waiting.delete(one);
      else tops.set(top, [...(tops.get(top) ?? []), one]);
    }
    for (const [top, all] of tops) {
      const worktree = await this.#worktree(top);
      const state = worktree && (await stateOf(worktree.gitDir));
      if (worktree === undefined || state === undefined) for (const one of all) this.#waiting.delete(one);
      else if (now || !state.busy)
        await this.#ask(
          worktree,
          state.text,
          all.filter(one => one.state !== state.text),
        );
    }
    const age = (one: Waiting) => Date.now() - one.seen;
    for (const one of this.#waiting) if (one.asked >= mostAsked || age(one) > patience) this.#waiting.delete(one);
    const ages = [...this.#waiting].map(age);
    if (ages.length > 0) this.#later(Math.min(10_000, Math.max(200, Math.min(...ages) / 4)));
  }

  async #ask(worktree: Worktree, state: string, all: readonly Waiting[]): Promise<void> {
    if (all.length === 0) return;
    const pathOf = ({ path }: Waiting) => relative(worktree.top, join(this.#options.folder, path)).split(sep).join('/');
    const paths = [...new Set(all.map(pathOf))];
    const candidates = await candidatesOf(worktree, paths, await this.#shelved(worktree));
    const unmerged = await worktree.unmerged();
    const answer = new GitAnswer(worktree, candidates, calls);
    await answer.prepare(all.filter(({ change }) => change.before === nothing).map(pathOf));
    const found: Told[] = [];
    const room = { left: fetched };
    for (const one of all) {
      if (this.#disposed) return;
      one.state = state;
      one.asked++;
      const path = pathOf(one);
      const asked = await this.#question(one, path, unmerged.has(path), room);
      const said = asked === undefined ? { parts: [] } : await answer.of(asked);
      if (said.parts.length > 0 || said.took !== undefined) found.push({ act: one.change.act, ...said });
      if (asked === undefined || (covers(said.parts, asked) && (asked.fresh.length > 0 || said.took !== undefined)))
        this.#waiting.delete(one);
    }
    if (found.length > 0) await this.#options.tell(found);
  }

  /** Nothing where the text cannot be had: it has gone by, among very many. */
  async #question(
    { change, seen, watched, path: own }: Waiting,
    path: string,
    unmerged: boolean,
    room: { left: number },
  ): Promise<AskedChange | undefined> {
    const { before, after, fresh } = change;
    const disk = await onDisk(join(this.#options.folder, own), after);
    const written = Math.min(disk?.written ?? seen - late, seen);
    const since = watched ? Math.min(written, seen - late) : undefined;
    const known = { path, before, fresh, unmerged, written, since };
    if (disk !== undefined) return { ...known, after: disk.text, bytes: disk.bytes };
    // What nobody watched is asked about as it stands, or not at all.
    const text = !watched || --room.left < 0 ? undefined : await this.#options.text(after);
    return text === undefined ? undefined : { ...known, after: text, bytes: undefined };
  }

  async #shelved(worktree: Worktree): Promise<readonly string[]> {
    const known = this.#stashes.get(worktree.top) ?? new Set<string>();
    const all = [...new Set([...(await worktree.stashes()), ...known])];
    this.#stashes.set(worktree.top, new Set(all.slice(0, 40)));
    return all;
  }

  async #worktreeOf(folder: string): Promise<Worktree | undefined> {
    const top = topOf(folder);
    return top === undefined ? undefined : this.#worktree(top);
  }

  #worktree(top: string): Promise<Worktree | undefined> {
    const known = this.#worktrees.get(top);
    if (known !== undefined) return known;
    const opened = Worktree.of(top).catch((error: unknown) => {
      this.#options.refused(top, error);
      return undefined;
    });
    this.#worktrees.set(top, opened);
    return opened;
  }
}

/** The nearest folder, from this one upwards, that is the topmost of a worktree: a submodule's stands nearer. */
function topOf(folder: string): string | undefined {
  for (let at = folder; ; at = dirname(at)) {
    if (existsSync(join(at, '.git'))) return at;
    if (dirname(at) === at) return undefined;
  }
}

function covers(parts: readonly FromGit[], { fresh }: AskedChange): boolean {
  const sum = (spans: readonly { readonly length: number }[]) => spans.reduce((n, { length }) => n + length, 0);
  return sum(parts.flatMap(({ spans }) => spans)) === sum(fresh);
}

/** Encodings that a file of text is in, likeliest first. */
const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'windows-1252'];

/** The file's bytes and text, if that text has this digest, and when it was last written (ms since 1970 UTC). */
async function onDisk(
  file: string,
  digest: string,
): Promise<{ readonly text: string; readonly bytes: Uint8Array; readonly written: number } | undefined> {
  try {
    const { mtimeMs } = await stat(file);
    const bytes = await readFile(file);
    for (const encoding of encodings) {
      const text = new TextDecoder(encoding, { ignoreBOM: false }).decode(bytes).replaceAll('\r\n', '\n');
      if (plainDigest(text) === digest) return { text, bytes, written: mtimeMs };
    }
    return undefined;
  } catch (error) {
    // A file that is gone again, or is a folder now, holds nothing.
    if (error instanceof Error && 'code' in error) return undefined;
    throw error;
  }
}
