import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import type { AgentEdit, AgentRecords, Answer, Decision, Prompt } from '../agents/agent.ts';
import { Relevance } from '../agents/following/relevance.ts';
import { Remembered } from '../agents/following/remembered.ts';
import { otherWorktrees } from '../agents/following/worktrees.ts';
import { Matcher } from '../agents/matching/match.ts';
import { packageSoftware } from '../evidence/software.ts';
import { type Act, appendTo } from '../journal/append.ts';
import type { Consented } from '../journal/catalogue.ts';
import { JournalDatabase } from '../journal/database.ts';
import type { EventBody } from '../journal/event.ts';
import { journalFolder } from '../journal/home.ts';
import { Journal } from '../journal/journal.ts';
import { unexplained } from '../journal/outside.ts';
import { type RecordName, recordKey } from '../journal/recordKey.ts';
import { inStop } from '../journal/stops.ts';
import { outsideChanges } from './importChanges.ts';
import { editAct } from './importEdit.ts';
import type { Batch } from './importRecords.ts';
import { pathIn } from './journals.ts';

/** What became of records that were read. */
export interface Taken {
  readonly prompts: number;
  readonly answers: number;
  readonly edits: number;
  readonly decisions: number;
  /** On record already, under this name or another. */
  readonly known: number;
  /** Of another folder, of files that are not recorded, from a time when recording was stopped, or linked to nothing taken. */
  readonly left: number;
  /** Characters of unknown origin that the edits explain: `reported` at most. */
  readonly explained: number;
}

export interface ImportTarget {
  readonly home: string;
  readonly consented: Pick<Consented, 'folder' | 'journal' | 'file'>;
  /** A folder under which the work lay before, as records name it. */
  readonly was: readonly string[];
  /** Nothing is written: it is only told what would be. */
  readonly dryRun: boolean;
  /** The source tells of conversations that tools' own records have under other names. */
  readonly secondHand: boolean;
}

/** Acts of one transaction, and characters of their texts, at most. */
const most = { acts: 2000, text: 4_000_000 };
/** Two accounts of one prompt are no further apart (ms). */
const apart = 120_000;
/** What text is that an imported record explains: nobody saw it, so no more than reported. */
const rule = 'import.record';

/**
 * Takes records into the journal of a recorded folder, as reconstructed: prompts, answers, edits and decisions that are not
 * on record, once each, and what the edits explain of text of unknown origin. Every transaction leaves the journal whole:
 * an import that is broken off is gone on with by doing it again. Mutable; lives from `open` to `close`.
 */
export class Importing {
  readonly #target: ImportTarget;
  readonly #journal: Journal;
  readonly #relevance: Relevance;
  readonly #matcher: Matcher;
  readonly #has: Set<string>;
  readonly #said: ReadonlyMap<string, readonly number[]>;
  /** Times of edits, by the file's path. */
  readonly #times = new Map<string, number[]>();
  readonly #counts = { prompts: 0, answers: 0, edits: 0, decisions: 0, known: 0, left: 0, explained: 0 };
  #acts: Act[] = [];
  #text = 0;

  private constructor(target: ImportTarget, relevance: Relevance) {
    this.#target = target;
    this.#relevance = relevance;
    this.#journal = new Journal(JournalDatabase.open(target.consented.file, { readonly: target.dryRun }));
    this.#matcher = new Matcher(target.consented.folder);
    const { records, prompts } = this.#journal.replay;
    this.#has = new Set(records.keys());
    const said = new Map<string, number[]>();
    for (const { id, asked, texts } of prompts.values()) {
      this.#has.add(recordKey({ kind: 'prompt', id }));
      const key = (texts?.[0] ?? '').trim();
      const times = said.get(key);
      if (times === undefined) said.set(key, [asked]);
      else times.push(asked);
    }
    this.#said = said;
  }

  /** Throws JournalError. */
  static async open(target: ImportTarget): Promise<Importing> {
    const { folder, journal } = target.consented;
    const { told } = new Remembered(join(journalFolder(target.home, journal), 'agents.json'));
    const relevance = await relevanceOf(folder, target.was, told);
    return new Importing(target, relevance);
  }

  take({ records, from }: Batch): void {
    const own = this.#relevance.of(from, records);
    const all = countOf(records);
    for (const prompt of own.prompts) this.#prompt(prompt);
    for (const answer of own.answers) this.#answer(answer);
    for (const edit of own.edits) this.#edit(edit);
    for (const decision of own.decisions) this.#decision(decision);
    this.#counts.left += Math.max(0, all - countOf(own));
  }

  /** Everything has been given: what the edits explain. */
  async finish(): Promise<Taken> {
    this.#append();
    if (this.#times.size > 0) await this.#explain();
    return this.#counts;
  }

  close(): void {
    this.#journal.close();
  }

  #prompt({ id, agent, conversation, time: asked, text, model, withheld }: Prompt): void {
    if (this.#target.secondHand && this.#said.get(text.trim())?.some(at => Math.abs(at - asked) <= apart)) {
      this.#counts.known++;
      return;
    }
    const more = { ...(model !== undefined && { model }), ...(withheld !== undefined && { withheld }) };
    const body = { kind: 'prompt', id, agent, conversation, asked, by: 'import', ...more } as const;
    this.#record(body, asked, 'prompts', [text]);
  }

  #answer({ id, agent, conversation, time: answered, text, prompt, model, withheld }: Answer): void {
    if (prompt === undefined || !this.#has.has(recordKey({ kind: 'prompt', id: prompt }))) {
      this.#counts.left++;
      return;
    }
    const more = { ...(model !== undefined && { model }), ...(withheld !== undefined && { withheld }) };
    const body = { kind: 'answer', id, agent, conversation, answered, prompt, ...more, reconstructed: true } as const;
    this.#record(body, answered, 'answers', [text]);
  }

  #edit(edit: AgentEdit): void {
    const { time: made } = edit;
    const path = pathIn(this.#target.consented.folder, edit.file);
    // What a tool wrote into a file that is not recorded is kept out of the record too.
    if (this.#journal.replay.at(path) === undefined || this.#stopped(made)) {
      this.#counts.left++;
      return;
    }
    const { body, texts } = editAct(edit, path);
    this.#record(body, made, 'edits', texts);
    // Also of an edit that is on record: an import before may have been broken off.
    this.#matcher.addEdit({ ...edit, file: path, unchecked: true });
    const times = this.#times.get(path);
    if (times === undefined) this.#times.set(path, [made]);
    else times.push(made);
  }

  #decision({ edit, agent, time: decided, outcome }: Decision): void {
    const body = { kind: 'decision', edit, agent, decided, outcome, reconstructed: true } as const;
    if (this.#has.has(recordKey({ kind: 'agentEdit', id: edit }))) this.#record(body, decided, 'decisions', undefined);
    else this.#counts.left++;
  }

  #record(
    body: EventBody & RecordName,
    time: number,
    what: 'prompts' | 'answers' | 'edits' | 'decisions',
    texts: readonly string[] | undefined,
  ): void {
    const key = recordKey(body);
    if (this.#has.has(key)) this.#counts.known++;
    else if (this.#stopped(time)) this.#counts.left++;
    else {
      this.#has.add(key);
      this.#counts[what]++;
      this.#acts.push({ body, ...(texts && { texts }) });
      for (const text of texts ?? []) this.#text += text.length;
      if (this.#acts.length >= most.acts || this.#text >= most.text) this.#append();
    }
  }

  #stopped(time: number): boolean {
    return inStop(this.#journal.replay.stops, time);
  }

  #append(): void {
    // A window may have read the same meanwhile.
    if (!this.#target.dryRun) appendTo(this.#journal, packageSoftware, this.#acts, { unsaid: true });
    this.#acts = [];
    this.#text = 0;
  }

  /** Only text of which no more is known than that it came from outside; who took text away is not told. */
  async #explain(): Promise<void> {
    for (const change of outsideChanges(this.#journal, this.#times)) {
      if ('see' in change) this.#matcher.addLater(change);
      else this.#matcher.addChange(change);
    }
    for (const { edits, ranges } of await this.#matcher.matches()) {
      for (const { spans, origin } of ranges) {
        const asked = { ranges: spans.map(({ length, serial }) => ({ length, serial })), acts: [] };
        const { ranges: open } = unexplained(this.#journal.replay, asked);
        if (open.length === 0) continue;
        for (const { length } of open) this.#counts.explained += length;
        const { kind, prompt } = origin;
        const told = { kind, basis: 'reported', rule, ...(prompt !== undefined && { prompt }) } as const;
        this.#acts.push({ body: { kind: 'resolution', ranges: open, origin: told, edits } });
      }
    }
    this.#append();
  }
}

/** What concerns a folder, under its names; whenever it was. */
export async function relevanceOf(
  folder: string,
  was: readonly string[],
  told?: Remembered['told'],
): Promise<Relevance> {
  const relevance = new Relevance([folder], 0, [], told);
  const real = realpathSync(folder);
  for (const name of [real, ...was]) relevance.alias(name, folder);
  for (const other of await otherWorktrees(real)) relevance.alias(other, folder, true);
  return relevance;
}

function countOf({ prompts, answers, edits, decisions }: AgentRecords): number {
  return prompts.length + answers.length + edits.length + decisions.length;
}
