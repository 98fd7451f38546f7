import type { AgentReader, AgentRecords } from '../agent.ts';
import { columnJson } from '../reading/columnJson.ts';
import { Gathering } from '../reading/gathering.ts';
import { type Fields, milliseconds, text } from '../reading/json.ts';
import { RowMark } from '../reading/rowMark.ts';
import { bounded, type Row, type Tables, ToolDatabase } from '../reading/sqlite.ts';
import { takePart, takePrompt, type Whereabouts } from './opencodePart.ts';

/** Parts that are looked at again until they are finished; a conversation works on few at a time. */
const WAITING = 1000;
/** Sessions and messages kept, and edits of which it is known where they stand. */
const KEPT = 10_000;
/** Sessions that opened one another, one in the other. */
const DEPTH = 8;
const columns = `part.rowid AS row, part.id AS id, part.message_id AS message, ${bounded('part.data')} AS data`;

/** The database of opencode, and of tools that were made from it. */
export class OpencodeDatabase implements AgentReader {
  readonly #file: string;
  readonly #database: ToolDatabase;
  readonly #agent: string;
  readonly #gathering: Gathering;
  readonly #mark = new RowMark();
  readonly #waiting = new Set<number>();
  readonly #places = new Map<string, Whereabouts>();
  /** Edits by session, to find those that a revert took back. */
  readonly #edits = new Map<string, { readonly message: string; readonly part: string; readonly edit: string }[]>();

  constructor(agent: string, file: string) {
    this.#agent = agent;
    this.#file = file;
    this.#database = new ToolDatabase(file);
    this.#gathering = new Gathering(agent);
  }

  async read(): Promise<AgentRecords> {
    const look = await this.#database.look(tables => this.#look(tables));
    if (look.state === 'problem') this.#problem(look.message);
    return this.#gathering.take(look.state === 'read' && look.value === 'more');
  }

  #look(tables: Tables): 'end' | 'more' {
    const known = tables.has('part', 'id', 'message_id', 'data') && tables.has('message', 'id', 'session_id', 'data');
    if (!known) {
      this.#problem('unknown form');
      return 'end';
    }
    // A form to come keeps messages elsewhere; as long as both are written, this one tells all.
    const other = tables.has('session_message', 'id', 'data') && tables.row('SELECT 1 FROM session_message LIMIT 1');
    if (other && !tables.row('SELECT 1 FROM part LIMIT 1')) this.#problem('unknown records');
    // A message may have changed since: it is looked up anew.
    this.#places.clear();
    for (const row of [...this.#waiting]) {
      if (this.#gathering.full) return 'more';
      this.#waiting.delete(row);
      const again = tables.row(`SELECT ${columns} FROM part WHERE rowid = ?`, row);
      if (again) this.#row(tables, again);
    }
    const from = this.#mark.found(tables, 'part', 'id');
    const all = `SELECT ${columns} FROM part WHERE rowid > ? ORDER BY rowid`;
    const state = tables.each(all, [from], row => {
      this.#mark.read(Number(row.row), String(row.id));
      this.#row(tables, row);
      return this.#gathering.full ? 'stop' : undefined;
    });
    if (state === 'end') this.#reverts(tables);
    return state;
  }

  #row(tables: Tables, row: Row): void {
    const [id, messageId, part] = [text(row.id), text(row.message), this.#json(row.data)];
    const at = messageId === undefined || !part ? undefined : this.#whereabouts(tables, messageId);
    if (id === undefined || !part || !at) return;
    const role = text(at.message.role);
    if (role === 'user') {
      if (part.type === 'text') takePrompt(this.#gathering, at, this.#parts(tables, at.messageId));
    } else if (role === 'assistant') this.#assistant(at, id, part, Number(row.row));
    else this.#problem('unknown role');
  }

  #assistant(at: Whereabouts, id: string, part: Fields, row: number): void {
    const taken = takePart(this.#gathering, at, id, part);
    if (taken === 'waits') {
      this.#waiting.add(row);
      if (this.#waiting.size > WAITING) this.#waiting.delete(this.#waiting.values().next().value!);
      return;
    }
    if (taken.length === 0) return;
    const own = this.#edits.get(at.session) ?? [];
    this.#edits.set(at.session, own);
    for (const edit of taken) own.push({ message: at.messageId, part: id, edit });
    if (own.length > KEPT) own.splice(0, own.length - KEPT);
  }

  #whereabouts(tables: Tables, messageId: string): Whereabouts | undefined {
    const before = this.#places.get(messageId);
    if (before) return before;
    const row = tables.row(
      `SELECT session_id, time_created, ${bounded('data')} AS data FROM message WHERE id = ?`,
      messageId,
    );
    const [session, message] = [text(row?.session_id), this.#json(row?.data)];
    // Taken away since, or unreadable, which was told.
    if (session === undefined || !message) return undefined;
    const info = tables.has('session', 'id', 'parent_id', 'directory')
      ? tables.row('SELECT parent_id, directory, time_created FROM session WHERE id = ?', session)
      : undefined;
    const parent = text(info?.parent_id);
    const at: Whereabouts = {
      agent: this.#agent,
      session,
      folder: text(info?.directory),
      child: parent !== undefined,
      messageId,
      message,
      asked: parent === undefined ? undefined : this.#asker(tables, parent, milliseconds(info?.time_created) ?? 0),
      time: milliseconds(row?.time_created) ?? 0,
    };
    this.#places.set(messageId, at);
    if (this.#places.size > KEPT) this.#places.delete(this.#places.keys().next().value!);
    return at;
  }

  /** The prompt that was the newest of a session, or of the one that opened it, at a time. */
  #asker(tables: Tables, session: string, time: number): string | undefined {
    let [id, at] = [session, time];
    for (let depth = 0; depth < DEPTH; depth++) {
      const info = tables.row('SELECT parent_id, time_created FROM session WHERE id = ?', id);
      if (!info) return undefined;
      const parent = text(info.parent_id);
      if (parent === undefined) break;
      [id, at] = [parent, milliseconds(info.time_created) ?? 0];
    }
    const role = "CASE WHEN json_valid(data) THEN json_extract(data, '$.role') END";
    const asked = tables.row(
      `SELECT id FROM message WHERE session_id = ? AND time_created <= ? AND ${role} = 'user' ORDER BY time_created DESC LIMIT 1`,
      id,
      at,
    );
    return asked === undefined ? undefined : `${this.#agent}:${id}:${String(asked.id)}`;
  }

  #parts(tables: Tables, messageId: string): readonly (Fields | undefined)[] {
    const all: (Fields | undefined)[] = [];
    tables.each(`SELECT ${bounded('data')} AS data FROM part WHERE message_id = ? ORDER BY id`, [messageId], row => {
      all.push(this.#json(row.data));
      return undefined;
    });
    return all;
  }

  /** A session that was taken back to a message: what its agent did from there on was undone. */
  #reverts(tables: Tables): void {
    if (!tables.has('session', 'id', 'revert', 'time_updated')) return;
    tables.each('SELECT id, revert, time_updated FROM session WHERE revert IS NOT NULL', [], row => {
      const to = this.#json(row.revert);
      const [message, part] = [text(to?.messageID), text(to?.partID)];
      if (message === undefined) return undefined;
      for (const edit of this.#edits.get(String(row.id)) ?? []) {
        const gone = edit.message > message || (edit.message === message && (part === undefined || edit.part >= part));
        if (gone) this.#gathering.decision(edit.edit, milliseconds(row.time_updated) ?? 0, 'undone');
      }
      return undefined;
    });
  }

  #json(data: unknown): Fields | undefined {
    return columnJson(data, message => this.#problem(message));
  }

  #problem(message: string): void {
    this.#gathering.problemOnce({ file: this.#file, line: 0, message });
  }
}
