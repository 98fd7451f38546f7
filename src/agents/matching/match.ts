import { resolve, sep } from 'node:path';
import { align } from '../../text/diff.ts';
import type { DigestedEdit } from './editChains.ts';
import { Explained } from './explained.ts';
import { addBounded, digested, type File, newFile, pathKey, type Seen, sizeOf } from './matchFile.ts';
import type { Align } from './nearby.ts';
import { window } from './newText.ts';
import type { LaterChange, Match, OutsideChange } from './outsideChange.ts';
import { proven } from './proof.ts';
import { told } from './told.ts';
import { Turns } from './turns.ts';
import { base, both } from './twice.ts';

export type { LaterChange, Match, OutsideChange } from './outsideChange.ts';

/** Bounds of what is kept; the oldest goes first, and what is gone is no longer matched. */
const EDITS = 20_000;
const CHANGES = 200_000;
const LATER = 20_000;
/** Ms after which a change that was seen before the record of another worktree's edit is no longer looked at. */
const MERGED = 12 * 3600_000;
/** Edits of one file in other worktrees. */
const ELSEWHERE = 500;
/** Texts of edits (UTF-16 code units); an edit that lost its texts still proves by its digests. */
const TEXTS = 32_000_000;
/** Changes in a row that one chain of edits may span. */
const ROW = 8;

/**
 * Brings together agents' edits and changes seen from outside, in whatever order they arrive, by the
 * digests of whole texts; `reported` by new text, lines and words where whole texts do not tell. Pure but for
 * the texts that the caller fetches. What does not fit stays as it was; nothing here ever finds a person.
 */
export class Matcher {
  readonly #folder: string;
  readonly #align: Align;
  readonly #files = new Map<string, File>();
  readonly #edits = new Map<string, DigestedEdit>();
  /** By the id without the mark of a second account. */
  readonly #accounts = new Map<string, DigestedEdit>();
  /** Those whose whole texts have explained a change: of another they may tell by their very text only. */
  readonly #spent = new Set<string>();
  /** Those of which only the journal has told. */
  readonly #kept = new Set<string>();
  /** What each edit has explained. */
  readonly #uses = new Map<string, Set<Seen>>();
  /** Those of them that still have their texts. */
  readonly #full = new Set<DigestedEdit>();
  readonly #seen = new Set<Seen>();
  /** With the edits that came since they were last looked at; undefined: with all. */
  readonly #due = new Map<Seen, DigestedEdit[] | undefined>();
  readonly #later = new Set<LaterChange>();
  /** Those of them that an edit is near to. */
  readonly #asked = new Set<LaterChange>();
  #texts = 0;
  #turn: Promise<unknown> = Promise.resolve();

  /** `folder`: what relative paths stand under. `compare`: compares texts, which may be long. */
  constructor(folder: string = sep, compare: Align = async (oldText, newText) => align(oldText, newText)) {
    this.#folder = folder;
    this.#align = compare;
  }

  /**
   * An edit whose id is known already changes nothing. One with `~` behind a known id is a second account of the same
   * edit, which tells more: it takes the first one's place, and what that explained is explained anew.
   */
  addEdit(edit: DigestedEdit): void {
    const same = this.#edits.get(edit.id);
    if (same && !this.#kept.delete(edit.id)) return;
    const first = same ?? this.#accounts.get(base(edit.id));
    const known = digested(first ? both(first, edit) : edit);
    if (first) this.#replace(first);
    this.#accounts.set(base(known.id), known);
    this.#edits.set(known.id, known);
    const size = sizeOf(known);
    if (size > 0) this.#full.add(known);
    this.#texts += size;
    const file = this.#file(known.file);
    file.edits.add(known);
    file.chains.add(known);
    if (known.beforeDigest !== undefined) {
      for (const state of file.chains.sources(known.beforeDigest)) this.#wake(file.changesFrom.get(state), file);
    }
    if (known.elsewhere) addBounded(file.elsewhere, known, ELSEWHERE);
    // What it explains comes later, if it was written elsewhere: within so long a time.
    const [about, within] = known.elsewhere ? [known.time + MERGED, MERGED + window] : [known.time, window];
    for (const change of file.changes.near(about, within))
      if (change.settled === undefined) this.#wakeFor(change, known);
    for (const change of file.later.near(known.time, window)) this.#asked.add(change);
    this.#bound();
  }

  /** What is on record of edits of earlier sessions: nothing where their records have told of them anew, now or later. */
  addKept(edits: readonly DigestedEdit[]): void {
    for (const edit of edits.filter(({ id }) => !this.#accounts.has(base(id)))) {
      this.addEdit(edit);
      this.#kept.add(edit.id);
    }
  }

  addChange(change: OutsideChange): void {
    this.#await({ ...change, explained: new Explained(change.fresh), compared: { rounds: 0, before: 0, since: 0 } });
    this.#bound();
  }

  /** It is to be explained. */
  #await(change: Seen): void {
    const file = this.#file(change.path);
    const same = file.changesFrom.get(change.before);
    if (same) same.add(change);
    else file.changesFrom.set(change.before, new Set([change]));
    file.changesTo.set(change.after, change);
    file.changes.add(change);
    this.#seen.add(change);
    this.#due.set(change, undefined);
  }

  /** Without an edit: only chains of edits are asked again. */
  #wakeFor(change: Seen, ...edits: readonly DigestedEdit[]): void {
    const news = this.#due.get(change);
    if (news) news.push(...edits);
    else if (!this.#due.has(change)) this.#due.set(change, [...edits]);
  }

  /** Its texts are asked for when an edit of the file is near in time. */
  addLater(change: LaterChange): void {
    const file = this.#file(change.path);
    this.#later.add(change);
    file.later.add(change);
    if (file.edits.near(change.time, window).length > 0) this.#asked.add(change);
    if (this.#later.size > LATER) this.#forgetLater(this.#later.values().next().value!);
  }

  /** What has been found since the last call. A change may come again when stronger evidence has arrived. */
  matches(): Promise<readonly Match[]> {
    const turn = this.#turn.then(() => this.#explainDue());
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  async #explainDue(): Promise<readonly Match[]> {
    const out: Match[] = [];
    for (const later of this.#asked) {
      this.#forgetLater(later);
      const change = await later.see();
      if (change) this.addChange(change);
    }
    const turns = new Turns();
    for (const [change, news] of this.#due) {
      this.#due.delete(change);
      const match = await this.#explain(change, news, this.#file(change.path));
      if (match) out.push(match);
      await turns.next();
    }
    return out;
  }

  async #explain(change: Seen, news: readonly DigestedEdit[] | undefined, file: File): Promise<Match | undefined> {
    const time = change.time ?? Number.MAX_SAFE_INTEGER;
    let from: Seen | undefined = change;
    for (let row = 0; from && row < ROW; row++) {
      const chain = file.chains.chain(from.before, change.after, time);
      const match = chain && (await proven(change, from === change, chain, this.#align));
      if (match) return this.#settle(change, match, chain);
      from = file.changesTo.get(from.before);
    }
    if (change.settled !== undefined) return undefined;
    const match = await this.#reported(change, news, file);
    if (match) this.#use(change, match);
    return match;
  }

  /** Whole texts explain all of a change: what comes later says no more, but for a second account of these edits. */
  #settle(change: Seen, match: Match, chain: readonly DigestedEdit[]): Match | undefined {
    for (const { id } of chain) this.#spent.add(id);
    const checked = chain.every(edit => !edit.unchecked);
    // Others' edits may prove what these do not.
    if (checked) this.#forgetChange(change);
    const by = match.edits.join('\n');
    if (change.settled === by) return undefined;
    change.settled = by;
    if (!checked || chain.some(edit => edit.prompt === undefined)) this.#use(change, match);
    return match;
  }

  #use(change: Seen, { edits }: Match): void {
    for (const id of edits) {
      const uses = this.#uses.get(id);
      if (uses) uses.add(change);
      else this.#uses.set(id, new Set([change]));
    }
  }

  /** The first account of an edit gives way to the second. */
  #replace(first: DigestedEdit): void {
    for (const change of this.#uses.get(first.id) ?? []) {
      if (!this.#seen.has(change) && change.settled === undefined) continue;
      change.explained.forget(first.id);
      delete change.settled;
      this.#await(change);
    }
    this.#forgetEdit(first);
  }

  async #reported(change: Seen, news: readonly DigestedEdit[] | undefined, file: File): Promise<Match | undefined> {
    const { time, since, explained, compared } = change;
    if (time === undefined) return undefined;
    const near = () => {
      const edits = new Set(file.edits.near(time, window, since));
      // A text that is merged comes from outside.
      for (const edit of change.live ? [] : file.elsewhere) if (edit.time <= time) edits.add(edit);
      return [...edits].sort((a, b) => Math.abs(a.time - time) - Math.abs(b.time - time));
    };
    const asked = news?.filter(edit => !edit.elsewhere || (!change.live && edit.time <= time)) ?? near();
    const unspent = () => near().filter(({ id }) => !this.#spent.has(id));
    return asked.length > 0 ? told({ change, explained, compared }, asked, unspent, this.#align) : undefined;
  }

  #wake(changes: ReadonlySet<Seen> | undefined, file: File): void {
    for (const change of changes ?? []) {
      this.#wakeFor(change);
      // A change further on in the row may be the one that the chain ends at.
      let next = change;
      for (let row = 1; row < ROW; row++) {
        const after: Seen | undefined = file.changesFrom.get(next.after)?.values().next().value;
        if (!after || after === next) break;
        this.#wakeFor(after);
        next = after;
      }
    }
  }

  #file(path: string): File {
    const key = pathKey(resolve(this.#folder, path));
    let file = this.#files.get(key);
    if (!file) {
      file = newFile();
      this.#files.set(key, file);
    }
    return file;
  }

  #bound(): void {
    while (this.#edits.size > EDITS) this.#forgetEdit(this.#edits.values().next().value!);
    while (this.#texts > TEXTS) this.#forgetTexts(this.#full.values().next().value!);
    while (this.#seen.size > CHANGES) this.#forgetChange(this.#seen.values().next().value!);
  }

  #forgetEdit(edit: DigestedEdit): void {
    const file = this.#file(edit.file);
    file.chains.remove(edit);
    file.edits.remove(edit);
    file.elsewhere.delete(edit);
    this.#edits.delete(edit.id);
    this.#uses.delete(edit.id);
    this.#spent.delete(edit.id);
    this.#kept.delete(edit.id);
    this.#accounts.delete(base(edit.id));
    if (this.#full.delete(edit)) this.#texts -= sizeOf(edit);
  }

  #forgetTexts(edit: DigestedEdit): void {
    const { before: _before, after: _after, replaced: _replaced, brings: _brings, ...bare } = edit;
    const file = this.#file(edit.file);
    file.chains.remove(edit);
    file.chains.add(bare);
    file.edits.remove(edit);
    file.edits.add(bare);
    file.elsewhere.delete(edit);
    this.#edits.set(edit.id, bare);
    this.#accounts.set(base(edit.id), bare);
    this.#full.delete(edit);
    this.#texts -= sizeOf(edit);
  }

  #forgetLater(change: LaterChange): void {
    this.#later.delete(change);
    this.#asked.delete(change);
    this.#file(change.path).later.remove(change);
  }

  #forgetChange(change: Seen): void {
    const file = this.#file(change.path);
    this.#seen.delete(change);
    this.#due.delete(change);
    file.changes.remove(change);
    const same = file.changesFrom.get(change.before);
    same?.delete(change);
    if (same?.size === 0) file.changesFrom.delete(change.before);
    if (file.changesTo.get(change.after) === change) file.changesTo.delete(change.after);
  }
}
