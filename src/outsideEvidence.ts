import type { AgentRecords } from './agents/agent.ts';
import { Matcher } from './agents/matching/match.ts';
import { nearby } from './agents/matching/nearby.ts';
import { plainDigest } from './agents/plainText.ts';
import { AgentEvidence } from './capture/agentEvidence.ts';
import type { Stray } from './capture/strays.ts';
import type { Commit, MadeCommit } from './git/worktree.ts';
import { GitCommits } from './gitCommits.ts';
import { GitEvidence, type Told } from './gitEvidence.ts';
import { atMost } from './host/patience.ts';
import type { Subscription } from './journal/heard.ts';
import type { CommittedFiles } from './journal/heldFiles.ts';
import type { SeenOutside } from './journal/messages.ts';
import type { OutsideChange } from './journal/outside.ts';
import type { JournalWriter } from './journal/writer.ts';
import type { Origin } from './provenance/origin.ts';
import type { Origins } from './provenance/origins.ts';
import type { Span } from './provenance/span.ts';

type Remembered = SeenOutside & Pick<OutsideChange, 'stray' | 'time' | 'since'> & { readonly path: string };

export interface OutsideEvidenceOptions {
  readonly writer: JournalWriter;
  /** See `AgentEvidence`. */
  readonly within: (file: string) => Promise<string | undefined>;
  /** What is known in this window of the characters that it has heard of. */
  readonly origins: Origins;
  /** These serials are of another origin than was found. */
  readonly resolve: (ranges: readonly Span[], origin: Origin, act: number) => void;
  /** For the log. */
  readonly note: (text: string) => void;
  readonly failed: (error: unknown, where: string) => void;
}

/** Files of earlier sessions that git is asked of at most. */
const remembered = 200;
/** Changes of earlier sessions whose texts are compared, and not their digests alone: each costs a replay. */
const compared = 200;
/** The last moment (seconds since 1970 UTC) that is written with a year of four digits. */
const lastMoment = 253_402_300_799;

/**
 * What others know of text that came into a folder from outside: agents by their records, git by what it has. An
 * agent's word is stronger than git's, whichever comes first: git tells which commit a text stands in, an agent's
 * record who wrote it.
 */
export class OutsideEvidence {
  readonly #options: OutsideEvidenceOptions;
  readonly #agents: AgentEvidence;
  readonly #git: GitEvidence;
  readonly #made: GitCommits;
  readonly #echoes: Subscription;
  readonly #commits = new Set<string>();
  #disposed = false;

  constructor(options: OutsideEvidenceOptions) {
    const { writer, within, resolve, failed, note } = options;
    this.#options = options;
    this.#echoes = writer.echoes.onFound(found => {
      if (found.kind === 'resolved') resolve(found.ranges, found.origin, found.act);
    });
    this.#agents = new AgentEvidence({
      writer,
      matcher: new Matcher(
        writer.folder,
        nearby((before, after) => writer.compare(before, after)),
      ),
      within,
      resolve,
      digest: plainDigest,
      failed: error => failed(error, 'agents'),
    });
    this.#git = new GitEvidence({
      folder: writer.folder,
      text: digest => writer.text(digest),
      tell: found => this.#tell(found),
      refused: (top, error) => note(`git cannot be asked of ${top}: ${error instanceof Error ? error.message : error}`),
      failed: error => failed(error, 'git'),
    });
    this.#made = new GitCommits({
      folder: writer.folder,
      worktree: () => this.#git.worktree(),
      tell: (commit, files) => this.#madeHere(commit, files),
      failed: error => failed(error, 'git'),
    });
  }

  /** Begins to follow git. */
  begin(): void {
    this.#git.begin();
    this.#made.begin();
  }

  /** A text of the folder changed from outside, just now where it was `watched`, else some time before. */
  seen(path: string, change: SeenOutside, watched: boolean): void {
    const time = Date.now();
    const { unseenSince: since } = this.#options.writer;
    void this.#agents.seen(path, change, { time, ...(!watched && since !== undefined && { since }) });
    this.#git.seen(path, change, { time, watched });
  }

  /** Steps in an open text of the folder, by nobody known. */
  strayed(path: string, stray: Stray): void {
    if (this.#disposed) return;
    this.#agents.strayed(path, stray).catch((error: unknown) => {
      // A journal that is closed meanwhile keeps them no more: they stay unknown.
      if (!this.#disposed) this.#options.failed(error, 'agents');
    });
  }

  /** Changes of earlier sessions, oldest first, of which an agent's record may still tell, and of the last ones git. */
  remember(all: readonly Remembered[]): void {
    for (const { path, act, stray } of all) {
      if (stray) void this.#agents.remembered(path, { ...stray, last: act });
    }
    const changes = all.filter(({ stray }) => stray === undefined);
    const old = changes.length - compared;
    for (const [i, { path, time, since, ...change }] of changes.entries()) {
      const when = { ...(time !== undefined && { time }), ...(since !== undefined && { since }) };
      void this.#agents.seen(path, change, i < old ? {} : when);
    }
    const newest = new Map(changes.map(({ path, ...change }) => [path, change]));
    const time = Date.now();
    for (const [path, change] of [...newest].slice(-remembered)) this.#git.seen(path, change, { time, watched: false });
  }

  /** One batch of an agent's records. */
  take(records: AgentRecords): Promise<void> {
    return this.#agents.take(records);
  }

  /** Agents' records have been read so far as they stood: the journal has edits beside, of which none tells any more. */
  recall(): void {
    this.#agents.recall().catch((error: unknown) => {
      // A journal that is closed meanwhile is asked by the next session.
      if (!this.#disposed) this.#options.failed(error, 'agents');
    });
  }

  /** git has been asked of all that was seen, or for so many milliseconds: a checkout may write very many files. */
  async settle(most?: number): Promise<void> {
    const settled = Promise.all([this.#git.settle(), this.#made.settle()]).then(() => undefined);
    await (most === undefined ? settled : atMost(most, settled));
  }

  dispose(): void {
    this.#disposed = true;
    this.#echoes.dispose();
    this.#git.dispose();
    this.#made.dispose();
  }

  async #tell(found: readonly Told[]): Promise<void> {
    const { writer, origins, resolve } = this.#options;
    for (const { origin, commit, spans } of alike(found)) {
      const { ranges: open } = await writer.unexplained({ ranges: spans, acts: [] });
      // An agent's record may have come while the journal was asked.
      const left = [...origins.walk(open)].filter(({ origin: { kind } }) => !kind.startsWith('ai.'));
      const ranges = left.map(({ length, serial }) => ({ length, serial }));
      if (ranges.length === 0 || !writer.recording) continue;
      if (commit !== undefined) this.#name(commit);
      resolve(ranges, origin, writer.append({ kind: 'resolution', ranges, origin }));
    }
    await this.#tookAway(found);
  }

  /** What changes took away that lead from a text of git's to another, git took. */
  async #tookAway(found: readonly Told[]): Promise<void> {
    const { writer } = this.#options;
    const took = found.filter(told => told.took !== undefined);
    const { acts } = await writer.unexplained({ ranges: [], acts: took.map(({ act }) => act) });
    const origin = took[0]?.took;
    if (origin && acts.length > 0 && writer.recording) writer.append({ kind: 'resolution', ranges: [], origin, acts });
  }

  /** A commit ties what was recorded to a history that others may hold. */
  async #madeHere(commit: MadeCommit, committedFiles: CommittedFiles): Promise<void> {
    const { writer } = this.#options;
    if (!writer.recording) return;
    const files = await writer.held(committedFiles);
    const { id, tree, author, authored, committed } = commit;
    const made = { tree, committed: inRange(committed), files };
    writer.append({ kind: 'commit', id, authored: inRange(authored), made }, [author]);
  }

  #name({ id, author, authored }: Commit): void {
    if (this.#commits.has(id)) return;
    this.#commits.add(id);
    this.#options.writer.append({ kind: 'commit', id, authored: inRange(authored) }, [author]);
  }
}

/** Milliseconds of a time in seconds: a commit may state any time at all. */
function inRange(seconds: number): number {
  return Math.min(Math.max(0, seconds), lastMoment) * 1000;
}

/** The characters of one origin together, whichever files they stand in. */
function alike(found: readonly Told[]): { origin: Origin; commit?: Commit; spans: Span[] }[] {
  const all = new Map<string, { origin: Origin; commit?: Commit; spans: Span[] }>();
  for (const { spans, origin, commit } of found.flatMap(({ parts }) => parts)) {
    const key = JSON.stringify([origin.basis, origin.rule, origin.commit]);
    const one = all.get(key);
    if (one === undefined) all.set(key, { origin, ...(commit && { commit }), spans: [...spans] });
    else one.spans.push(...spans);
  }
  return [...all.values()];
}
