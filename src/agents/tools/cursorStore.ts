import type { AgentReader, AgentRecords } from '../agent.ts';
import { callName } from '../reading/callName.ts';
import { columnJson } from '../reading/columnJson.ts';
import { Gathering } from '../reading/gathering.ts';
import { type Fields, fields, list, text } from '../reading/json.ts';
import { servedModel } from '../reading/model.ts';
import { bounded, type Tables, ToolDatabase } from '../reading/sqlite.ts';
import { type Composer, composerOf, folderIn, isTask, modelIn, task, timeIn } from './cursorComposer.ts';
import { cursorEffects } from './cursorEdit.ts';
import { CursorFolders } from './cursorFolders.ts';

/** Rows gone back when the last one that was read is no longer there: others may have its number now. */
const BACK = 500;
/** Messages looked at again until they are finished; a conversation works on few at a time. */
const WAITING = 1000;
const interesting = "+key >= 'bubbleId:' AND +key < 'bubbleId;' OR +key >= 'composerData:' AND +key < 'composerData;'";
const columns = `rowid AS row, key, CASE WHEN ${interesting} THEN ${bounded('value')} END AS value`;

/**
 * Cursor's database of all conversations. Cursor writes a row anew under a new number when it changes, so what is new
 * stands behind the last number read, and no other row is looked at; 1000 rows a look. Nothing is read but
 * conversations, and the lists that tell their folders.
 */
export class CursorStore implements AgentReader {
  readonly #file: string;
  readonly #database: ToolDatabase;
  readonly #gathering = new Gathering('cursor');
  readonly #composers = new Map<string, Composer | undefined>();
  readonly #waiting = new Set<string>();
  #mark = { row: 0, key: '' };
  /** All that was there at first was read. */
  #caughtUp = false;
  readonly #folders: CursorFolders;
  /** Of a conversation no folder is known; of none before the first look. */
  #lost = true;

  constructor(file: string) {
    this.#file = file;
    this.#database = new ToolDatabase(file);
    this.#folders = new CursorFolders(file);
  }

  async read(): Promise<AgentRecords> {
    // What was passed over may belong somewhere now: all is looked at again, and given once.
    const found = this.#lost ? await this.#folders.look() : undefined;
    if (found) this.#mark = { row: 0, key: '' };
    if (found !== undefined) this.#lost = false;
    const look = await this.#database.look(tables => this.#look(tables));
    if (look.state === 'problem') this.#problem(look.message);
    return this.#gathering.take(look.state === 'read' && look.value === 'more');
  }

  #look(tables: Tables): 'end' | 'more' {
    if (!tables.has('cursorDiskKV', 'key', 'value')) {
      this.#problem('unknown form');
      return 'end';
    }
    this.#composers.clear();
    for (const key of [...this.#waiting]) {
      if (this.#gathering.full) return 'more';
      this.#waiting.delete(key);
      this.#row(tables, key, contentOf(tables, key));
    }
    const all = `SELECT ${columns} FROM cursorDiskKV WHERE rowid > ? ORDER BY rowid`;
    const state = tables.each(all, [this.#from(tables)], row => {
      this.#mark = { row: Number(row.row), key: String(row.key) };
      if (row.value !== null) this.#row(tables, String(row.key), row.value);
      return this.#gathering.full ? 'stop' : undefined;
    });
    this.#caughtUp ||= state === 'end';
    return state;
  }

  #from(tables: Tables): number {
    const { row, key } = this.#mark;
    if (row === 0) return 0;
    const now = tables.row('SELECT key FROM cursorDiskKV WHERE rowid = ?', row);
    if (now && String(now.key) === key) return row;
    const back = 'SELECT rowid AS row FROM cursorDiskKV WHERE rowid < ? ORDER BY rowid DESC LIMIT 1 OFFSET ?';
    return Number(tables.row(back, row, BACK)?.row ?? 0);
  }

  #row(tables: Tables, key: string, value: unknown): void {
    const [kind, id = '', bubble] = key.split(':');
    const message = this.#json(value);
    if (!message) return;
    if (kind === 'bubbleId' && bubble !== undefined) this.#message(tables, key, id, bubble, message);
    if (kind !== 'composerData') return;
    // Versions before 3 keep the messages here.
    for (const own of list(message.conversation).map(fields)) {
      const bubble = text(own?.bubbleId);
      if (own && bubble !== undefined) this.#message(tables, key, id, bubble, own);
    }
  }

  #message(tables: Tables, key: string, conversation: string, id: string, message: Fields): void {
    const composer = this.#composer(tables, conversation);
    // Messages may be written before what they belong to; of old ones it was deleted.
    if (!composer && this.#caughtUp) this.#wait(key);
    if (!composer) return;
    const { folder, headers } = composer;
    const at = headers.findIndex(header => header?.bubbleId === id);
    const model = servedModel(modelIn(message, composer), 'cursor');
    const known = { conversation, time: timeIn(message) ?? composer.time, ...(model ? { model } : {}) };
    const said = text(message.text) ?? '';
    if (message.type === 1) {
      if (!composer.child && said.trim() !== '') {
        this.#gathering.prompt({ ...known, text: said, folder: folder ?? folderIn(message) ?? '' }, id);
      }
      return;
    }
    if (message.type !== 2) {
      this.#problem('unknown kind of message');
      return;
    }
    const asked = headers.slice(0, Math.max(at, 0)).findLast(header => header?.type === 1);
    const prompt = composer.child || !asked ? {} : { prompt: `cursor:${conversation}:${String(asked.bubbleId)}` };
    if (composer.busy && at === headers.length - 1) this.#wait(key);
    else this.#gathering.answer({ ...known, text: said, ...prompt }, id);
    const call = fields(message.toolFormerData) ?? composer.tools.get(id);
    const effects = call && cursorEffects(call, folder, content => text(contentOf(tables, content)));
    if (effects === 'waits') this.#wait(key);
    else if (call && effects) this.#edits(call, id, { ...known, ...prompt }, effects, composer.time);
  }

  #edits(
    call: Fields,
    id: string,
    known: { conversation: string; time: number },
    effects: Exclude<ReturnType<typeof cursorEffects>, 'waits' | undefined>,
    decided: number,
  ): void {
    if (effects.length === 0) this.#problem('edit without file');
    const own = (text(call.toolCallId) ?? id).split('\n')[0]!;
    for (const [nth, effect] of effects.entries()) {
      const edit = { ...known, ...effect };
      const given = this.#gathering.edit(edit, callName(own, edit, effects.length > 1 ? nth + 1 : 0));
      const decision = text(call.userDecision);
      if (decision === 'accepted' || decision === 'rejected') this.#gathering.decision(given, decided, decision);
    }
  }

  #wait(key: string): void {
    this.#waiting.add(key);
    if (this.#waiting.size > WAITING) this.#waiting.delete(this.#waiting.values().next().value!);
  }

  #composer(tables: Tables, id: string): Composer | undefined {
    if (this.#composers.has(id)) return this.#composers.get(id);
    const data = this.#json(contentOf(tables, `composerData:${id}`));
    const composer = data
      ? composerOf(id, data, (workspace, own) => this.#folders.of(workspace, own))
      : isTask(id)
        ? task
        : undefined;
    this.#composers.set(id, composer);
    // In a version that names the workspace, one without a folder was opened in none.
    if (data && composer?.folder === undefined && data.workspaceIdentifier === undefined) this.#lost = true;
    return composer;
  }

  #json(value: unknown): Fields | undefined {
    return columnJson(value, message => this.#problem(message));
  }

  #problem(message: string): void {
    this.#gathering.problemOnce({ file: this.#file, line: 0, message });
  }
}

function contentOf(tables: Tables, key: string): unknown {
  const value = tables.row(`SELECT ${bounded('value')} AS value FROM cursorDiskKV WHERE key = ?`, key)?.value;
  return Buffer.isBuffer(value) ? value.toString() : value;
}
