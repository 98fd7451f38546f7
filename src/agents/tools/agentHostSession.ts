import { stat } from 'node:fs/promises';
import type { AgentEdit } from '../agent.ts';
import { fields, text } from '../reading/json.ts';
import { reasonOf } from '../reading/reason.ts';
import { bounded, LONGEST_VALUE, type Row, type Tables, ToolDatabase } from '../reading/sqlite.ts';

/** Rows of a conversation's turns and facts at most. */
const ALL = 100_000;
/** Newest known version of the schema. */
const NEWEST = 13;

/** What a session's database says of the whole conversation. */
export interface SessionState {
  /** The harness's own name of the conversation. */
  readonly sdk?: string;
  readonly harness: 'copilot' | 'claude-code' | 'codex';
  readonly model?: string;
  /** By the host's name of a turn: the harness's event that began it, and the model that was at work. */
  readonly turns: ReadonlyMap<string, { readonly event?: string; readonly model?: string }>;
  /** When the database was last written (ms). */
  readonly changed: number;
}

/** One file that one call changed. */
export interface HostedEdit extends Pick<AgentEdit, 'file' | 'before' | 'after'> {
  readonly call: string;
  readonly turn: string;
  /** One-based number of the file among those of the call; 0 if it is the only one. */
  readonly part: number;
}

/** An Agent Host's `session.db`: rows are given once, a few at a time. Mutable. */
export class HostedSession {
  /** What could not be read, once each. */
  readonly problems = new Set<string>();
  readonly #file: string;
  readonly #database: ToolDatabase;
  readonly #given = new Set<string>();
  #mark = 0;
  #more = false;

  constructor(file: string) {
    this.#file = file;
    this.#database = new ToolDatabase(file);
  }

  /** There are rows that the last call of `edits` has not come to. */
  get more(): boolean {
    return this.#more;
  }

  /** Undefined: the database is not there, or cannot be read (then a problem). */
  async open(): Promise<SessionState | undefined> {
    let changed: number;
    try {
      changed = Math.floor((await stat(this.#file)).mtimeMs);
    } catch (error) {
      if (!(error instanceof Error && 'code' in error)) throw error;
      if (error.code !== 'ENOENT') this.problems.add(reasonOf(error));
      return undefined;
    }
    const look = await this.#database.look(tables => {
      if (tables.version > NEWEST) this.problems.add('unknown version');
      if (!tables.has('turns', 'id') || !tables.has('file_edits', 'turn_id', 'tool_call_id', 'file_path', ...blobs)) {
        this.problems.add('unknown schema');
        return undefined;
      }
      return { ...sessionIn(tables), turns: turnsIn(tables), changed };
    });
    if (look.state === 'problem') this.problems.add(look.message);
    return look.state === 'read' ? look.value : undefined;
  }

  /** Visits rows that were not given before; the visitor may stop it, and the next call goes on from there. */
  async edits(visit: (edit: HostedEdit) => 'stop' | undefined): Promise<void> {
    // Rows of a turn that was taken back leave their numbers to others, so each round begins at the first.
    if (!this.#more) this.#mark = 0;
    const from = this.#mark;
    const look = await this.#database.look(tables => {
      const kind = tables.has('file_edits', 'edit_type') ? 'edit_type' : "'edit'";
      const sql = `SELECT rowid AS mark, turn_id, tool_call_id, file_path, ${kind} AS kind FROM file_edits WHERE rowid > ? ORDER BY rowid`;
      return tables.each(sql, [this.#mark], row => {
        this.#mark = Math.max(this.#mark, Number(row.mark) || 0);
        const edit = this.#edit(tables, row);
        return edit && visit(edit);
      });
    });
    // The rows of a damaged table may come in no order, and for ever.
    this.#more = look.state === 'read' && look.value === 'more' && this.#mark > from;
    if (look.state === 'problem') this.problems.add(look.message);
  }

  #edit(tables: Tables, row: Row): HostedEdit | undefined {
    const [turn, call, file] = [text(row.turn_id), text(row.tool_call_id), text(row.file_path)];
    if (turn === undefined || call === undefined || file === undefined) return undefined;
    const key = `${call}\n${file}`;
    if (this.#given.has(key)) return undefined;
    this.#given.add(key);
    const { kind } = row;
    if (kind === 'delete') return undefined;
    if (kind !== 'create' && kind !== 'edit' && kind !== 'rename') this.problems.add('unknown kind of edit');
    const texts = this.#texts(tables, row.mark, kind === 'create');
    return texts && { file, call, turn, part: partOf(tables, call, row.mark), ...texts };
  }

  #texts(tables: Tables, mark: unknown, created: boolean): Pick<AgentEdit, 'before' | 'after'> | undefined {
    const columns = blobs.map(blob => `${bounded(blob)} AS ${blob}, octet_length(${blob}) AS ${blob}_size`);
    const row = tables.row(`SELECT ${columns.join(', ')} FROM file_edits WHERE rowid = ?`, mark) ?? {};
    if (blobs.some(blob => Number(row[`${blob}_size`]) > LONGEST_VALUE)) this.problems.add('text too large');
    const [before, after] = [created ? null : this.#decoded(row.before_content), this.#decoded(row.after_content)];
    // Nothing was written, or what was written is not known.
    if (after === undefined || after === before) return undefined;
    return before === undefined ? { after } : { before, after };
  }

  /** The text of a file's bytes, without its mark of byte order. */
  #decoded(bytes: unknown): string | undefined {
    if (!(bytes instanceof Uint8Array)) return undefined;
    try {
      const decoded = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
      if (!decoded.includes('\0')) return decoded;
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
    this.problems.add('no UTF-8');
    return undefined;
  }
}

const blobs = ['before_content', 'after_content'] as const;

function partOf(tables: Tables, call: string, mark: unknown): number {
  const count = 'SELECT count(*) AS files, sum(rowid <= ?) AS part FROM file_edits WHERE tool_call_id = ?';
  const { files, part } = tables.row(count, mark, call) ?? {};
  return Number(files) > 1 ? Number(part) : 0;
}

function sessionIn(tables: Tables): Pick<SessionState, 'sdk' | 'harness' | 'model'> {
  const found = new Map<string, string>();
  if (tables.has('session_metadata', 'key', 'value')) {
    each(tables, `SELECT key, ${bounded('value')} AS value FROM session_metadata`, ({ key, value }) => {
      if (typeof key === 'string' && typeof value === 'string') found.set(key, value);
    });
  }
  const provider = objectIn(found.get('agentHost.chatProviderData') ?? found.get('defaultChatProviderData'));
  const thread = found.get('codex.threadId');
  const sdk = text(provider?.sdkSessionId) ?? thread;
  const claude = [...found.keys()].some(key => key.startsWith('claude.'));
  const harness = claude ? 'claude-code' : thread === undefined ? 'copilot' : 'codex';
  const chosen = objectIn(found.get('claude.model')) ?? objectIn(found.get('copilot.model'));
  const model = text(fields(provider?.model)?.id) ?? text(chosen?.id);
  return { harness, ...(sdk === undefined ? {} : { sdk }), ...(model === undefined ? {} : { model }) };
}

function turnsIn(tables: Tables): SessionState['turns'] {
  const turns = new Map<string, { event?: string; model?: string }>();
  const event = tables.has('turns', 'event_id') ? 'event_id' : 'NULL';
  each(tables, `SELECT id, ${event} AS event FROM turns`, ({ id, event }) => {
    if (typeof id === 'string') turns.set(id, typeof event === 'string' ? { event } : {});
  });
  if (!tables.has('turn_usage', 'turn_id', 'usage')) return turns;
  each(tables, `SELECT turn_id, ${bounded('usage')} AS usage FROM turn_usage`, ({ turn_id, usage }) => {
    const [turn, model] = [text(turn_id), text(objectIn(text(usage))?.model)];
    if (turn !== undefined && model !== undefined) turns.set(turn, { ...turns.get(turn), model });
  });
  return turns;
}

/** All rows, which are small. */
function each(tables: Tables, sql: string, visit: (row: Row) => void): void {
  tables.each(sql, [], row => void visit(row), ALL);
}

function objectIn(json: string | undefined): ReturnType<typeof fields> {
  try {
    return json === undefined ? undefined : fields(JSON.parse(json));
  } catch (error) {
    // A value of another form than it had; nothing is taken from it.
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
