import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainDigest } from '../../src/agents/plainText.ts';
import { GitEvidence, type Told } from '../../src/gitEvidence.ts';
import type { SeenOutside } from '../../src/journal/messages.ts';
import { freshOf } from '../../src/journal/outside.ts';
import { align } from '../../src/text/diff.ts';
import { GitAt } from './gitAt.ts';

/** A real repository in a folder of its own, and git asked of what changes in it, as a recorded folder's is. */
export class GitRoom extends GitAt {
  readonly #told: Told[] = [];
  readonly #evidence: GitEvidence;
  readonly #known = new Map<string, string>();
  readonly #texts = new Map<string, string>();
  readonly refused: string[] = [];
  #serial = 1;

  /** `inner`: the recorded folder, below the repository's. */
  constructor(inner = '', folder = mkdtempSync(join(tmpdir(), 'holograph-git-'))) {
    super(folder);
    mkdirSync(join(folder, inner), { recursive: true });
    this.#evidence = new GitEvidence({
      folder: join(folder, inner),
      text: async digest => this.#texts.get(digest),
      tell: async found => void this.#told.push(...found),
      refused: (_, error) => this.refused.push(error instanceof Error ? error.message : String(error)),
      failed: error => {
        throw error;
      },
    });
  }

  static repository(...more: readonly string[]): GitRoom {
    const room = new GitRoom();
    room.init(...more);
    return room;
  }

  read(path: string): string {
    const file = join(this.folder, path);
    return existsSync(file)
      ? readFileSync(file, 'utf8')
          .replace(/^\uFEFF/, '')
          .replaceAll('\r\n', '\n')
      : '';
  }

  /** Learns what was put aside so far. */
  begin(): Promise<void> {
    this.#evidence.begin();
    return this.#evidence.settle();
  }

  /** An act, and what git then says of each new line of a file: `commit basis: line`; `?` where it says nothing. */
  async after(path: string, act: () => void, inner = path): Promise<string[]> {
    const before = this.read(path);
    this.#subjects();
    act();
    return this.seen(path, before, this.read(path), inner);
  }

  async seen(path: string, before: string, after: string, inner = path, watched = true): Promise<string[]> {
    const change = this.#change(before, after);
    this.#evidence.seen(inner, change, { time: Date.now(), watched });
    await this.#evidence.settle();
    return this.lines(change, after);
  }

  /** git is asked again of what it has not explained. */
  async again(): Promise<void> {
    await this.#evidence.settle();
  }

  lines({ act, fresh }: SeenOutside, after: string): string[] {
    const subjects = this.#subjects();
    const parts = this.#told.flatMap(told => (told.act === act ? told.parts : []));
    const lines = new Map<number, Set<string>>();
    for (const { serial, length, at } of fresh) {
      for (let i = 0; i < length; i++) {
        const part = parts.find(({ spans }) =>
          spans.some(span => span.serial <= serial + i && serial + i < span.serial + span.length),
        );
        const by = part?.commit && subjects.get(part.commit.id);
        const { basis, rule } = part?.origin ?? {};
        const said = part === undefined ? '?' : `${by ?? (rule === 'git.conflict' ? 'mark' : 'git')} ${basis}`;
        const number = after.slice(0, at + i).split('\n').length - 1;
        lines.set(number, (lines.get(number) ?? new Set()).add(said));
      }
    }
    const texts = after.split('\n');
    return [...lines].map(([number, said]) => `${[...said].join('+')}: ${texts[number]}`);
  }

  /** Waits until a change is explained, or nothing waits any more. */
  pending(path: string, before: string): () => string[] {
    const after = this.read(path);
    const change = this.#change(before, after);
    this.#evidence.seen(path, change, { time: Date.now(), watched: true });
    return () => this.lines(change, after);
  }

  close(): void {
    this.#evidence.dispose();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #change(before: string, after: string): SeenOutside {
    const changes = align(before, after).map(change => {
      const serial = this.#serial;
      this.#serial += change.insert.length;
      return { ...change, spans: change.insert === '' ? [] : [{ serial, length: change.insert.length }] };
    });
    const fresh = freshOf(changes, { first: 1, count: this.#serial });
    const digests = { before: plainDigest(before), after: plainDigest(after) };
    this.#texts.set(digests.before, before).set(digests.after, after);
    return { ...digests, act: this.#serial++, fresh };
  }

  /** First lines of the messages of all commits there are and were. */
  #subjects(): ReadonlyMap<string, string> {
    for (const line of this.now('log', '--all', '--reflog', '--format=%H %s').split('\n')) {
      this.#known.set(line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1));
    }
    return this.#known;
  }
}
