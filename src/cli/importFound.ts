import type { AgentEdit, AgentRecords, Problem, Prompt } from '../agents/agent.ts';
import type { Call } from './command.ts';
import { table } from './help.ts';
import type { Taken } from './importInto.ts';

/** What `holograph import --json` prints. Form: `media/schema/import.schema.json`. */
export interface ImportDocument {
  readonly schema: 'holograph.import';
  readonly version: 1;
  /** A tool's name, `git`, `git-ai` or `agent-trace`. */
  readonly source: string;
  /** Nothing was written: this is what would be. */
  readonly dryRun: boolean;
  /** The journal of the recorded folder; null: the folder is not recorded. */
  readonly journal: string | null;
  readonly conversations: readonly ConversationEntry[];
  readonly prompts: readonly ImportedPrompt[];
  readonly edits: readonly ImportedEdit[];
  readonly problems: readonly Problem[];
  /** What of it enters the journal, as reconstructed, never as observed; null: there is none. */
  readonly taken: Taken | null;
}

export interface ConversationEntry {
  readonly agent: string;
  readonly conversation: string;
  readonly prompts: number;
  readonly answers: number;
  readonly edits: number;
  /** RFC 3339, UTC: of its first and its last act. */
  readonly first: string;
  readonly last: string;
}

/** Times are RFC 3339, UTC; null: the record names no model. */
export interface ImportedPrompt extends Omit<Prompt, 'time' | 'model' | 'folder'> {
  readonly time: string;
  readonly model: string | null;
}

/** `before` and `after`: whole texts, `before` null where there was no file; absent where the record has them not. */
export interface ImportedEdit
  extends Pick<AgentEdit, 'id' | 'agent' | 'conversation' | 'file' | 'before' | 'after' | 'replaced' | 'completion'> {
  readonly time: string;
  readonly prompt: string | null;
  readonly model: string | null;
}

/** Characters of edits' texts that are told; later edits are told without. */
const most = 64_000_000;
/** Problems and conversations that are shown to people. */
const shown = 12;

/** Gathers what a source holds. */
export class ImportFound {
  readonly #conversations = new Map<string, { -readonly [K in keyof ConversationEntry]: ConversationEntry[K] }>();
  readonly #prompts: ImportedPrompt[] = [];
  readonly #edits: ImportedEdit[] = [];
  readonly #problems: Problem[] = [];
  #text = 0;

  get isEmpty(): boolean {
    return this.#conversations.size === 0;
  }

  add({ prompts, answers, edits, problems }: AgentRecords): void {
    for (const { time, model = null, folder: _, ...prompt } of prompts) {
      this.#conversation(prompt, time).prompts++;
      this.#prompts.push({ ...prompt, time: stamp(time), model });
    }
    for (const answer of answers) this.#conversation(answer, answer.time).answers++;
    for (const edit of edits) {
      this.#conversation(edit, edit.time).edits++;
      this.#edits.push(this.#told(edit));
    }
    this.#problems.push(...problems);
  }

  document(of: Pick<ImportDocument, 'source' | 'dryRun' | 'journal' | 'taken'>): ImportDocument {
    const { source, dryRun, journal, taken } = of;
    return {
      schema: 'holograph.import',
      version: 1,
      source,
      dryRun,
      journal,
      conversations: [...this.#conversations.values()],
      prompts: this.#prompts,
      edits: this.#edits,
      problems: this.#problems,
      taken,
    };
  }

  #told(edit: AgentEdit): ImportedEdit {
    const { id, agent, conversation, time, file, prompt = null, model = null } = edit;
    const { before, after, replaced, completion } = edit;
    const head = { id, agent, conversation, time: stamp(time), file, prompt, model };
    this.#text +=
      (before?.length ?? 0) + (after?.length ?? 0) + (replaced ? replaced.old.length + replaced.new.length : 0);
    if (this.#text > most) return head;
    return {
      ...head,
      ...(before !== undefined && { before }),
      ...(after !== undefined && { after }),
      ...(replaced && { replaced }),
      ...(completion && { completion }),
    };
  }

  #conversation({ agent, conversation }: Pick<Prompt, 'agent' | 'conversation'>, time: number) {
    const key = JSON.stringify([agent, conversation]);
    const at = stamp(time);
    let found = this.#conversations.get(key);
    if (found === undefined) {
      found = { agent, conversation, prompts: 0, answers: 0, edits: 0, first: at, last: at };
      this.#conversations.set(key, found);
    }
    if (at < found.first) found.first = at;
    if (at > found.last) found.last = at;
    return found;
  }
}

export function printImport(call: Call, found: ImportDocument): void {
  const { words, print, note } = call;
  const { conversations, prompts, edits, problems, taken, dryRun, journal } = found;
  if (conversations.length === 0) print(words.t('import.nothing'));
  else {
    const counts = { conversations: conversations.length, prompts: prompts.length, edits: edits.length };
    print(words.t('import.found', counts));
    const rows = conversations.slice(0, shown).map(one => {
      const what = words.t('import.conversation', { prompts: one.prompts, answers: one.answers, edits: one.edits });
      return [`${one.first.slice(0, 16)}  ${plain(one.agent)}`, what] as const;
    });
    print(table(rows));
    if (conversations.length > shown) print(words.t('import.more', { n: conversations.length - shown }));
  }
  const secrets = prompts.reduce((n, { withheld = 0 }) => n + withheld, 0);
  if (secrets > 0) print(words.t('import.withheld', { n: secrets }));
  if (taken !== null && conversations.length > 0) {
    print(words.t(dryRun ? 'import.would' : 'import.taken', { ...taken }));
    print(words.t('import.notTaken', { known: taken.known, left: taken.left }));
    if (taken.left > 0 && call.values('was').length === 0) print(words.t('import.was'));
    if (taken.explained > 0) print(words.t('import.explained', { n: taken.explained }));
    if (taken.prompts + taken.answers + taken.edits > 0) print(words.t('import.reconstructed'));
  } else if (journal === null) print(words.t('import.notRecorded'));
  for (const { file, line, message } of problems.slice(0, shown)) note(plain(`${file}:${line}: ${message}`));
  if (problems.length > shown) note(words.t('import.moreProblems', { n: problems.length - shown }));
}

/** Names are foreign: nothing in them may move the cursor or turn the direction of a line. */
function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, '·');
}

/** A record may state any time at all. */
function stamp(time: number): string {
  return new Date(Math.min(Math.max(0, time), 253_402_300_799_000)).toISOString();
}
