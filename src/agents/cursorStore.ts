import { basename, dirname, join } from 'node:path';
import type { AgentReader, AgentRecords } from './agent.ts';
import { pathOf } from './askedEdit.ts';
import { callName } from './callName.ts';
import { cursorEffects } from './cursorEdit.ts';
import { Gathering } from './gathering.ts';
import { type Fields, fields, list, text } from './json.ts';
import { servedModel } from './model.ts';
import { bounded, type Tables, ToolDatabase } from './sqlite.ts';
import { folderOf } from './workspaces.ts';

/** Rows gone back when the last one that was read is no longer there: others may have its number now. */
const BACK = 500;
/** Messages looked at again until they are finished; a conversation works on few at a time. */
const WAITING = 1000;
const interesting = "+key >= 'bubbleId:' AND +key < 'bubbleId;' OR +key >= 'composerData:' AND +key < 'composerData;'";
const columns = `rowid AS row, key, CASE WHEN ${interesting} THEN ${bounded('value')} END AS value`;

/** What is known of a conversation. */
interface Composer {
  readonly folder: string | undefined;
  /** An agent opened it for a task. */
  readonly child: boolean;
  readonly model: string | undefined;
  readonly time: number;
  /** Its last message may still grow. */
  readonly busy: boolean;
  readonly headers: readonly (Fields | undefined)[];
  /** Of versions before 3: tools by message. */
  readonly tools: ReadonlyMap<string, Fields>;
}

/**
 * Cursor's database of all conversations. Cursor writes a row anew under a new number when it changes, so what is new
 * stands behind the last number read, and no other row is looked at; 1000 rows a look. Conversations in no folder,
 * and those of which no folder is known, are left out: they may be of anything. Nothing is read but conversations.
 */
export class CursorStore implements AgentReader {
  readonly #file: string;
  readonly #database: ToolDatabase;
  readonly #gathering = new Gathering('cursor');
  readonly #composers = new Map<string, Composer | undefined>();
  readonly #waiting = new Set<string>();
  readonly #told = new Set<string>();
  #mark = { row: 0, key: '' };
  /** All that was there at first was read. */
  #caughtUp = false;

  constructor(file: string) {
    this.#file = file;
    this.#database = new ToolDatabase(file);
  }

  async read(): Promise<AgentRecords> {
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
    if (!composer || (composer.folder === undefined && !composer.child)) return;
    const { folder, headers } = composer;
    const at = headers.findIndex(header => header?.bubbleId === id);
    const model = servedModel(usual(text(fields(message.modelInfo)?.modelName) ?? composer.model), 'cursor');
    const known = { conversation, time: timeIn(message) ?? composer.time, ...(model ? { model } : {}) };
    const said = text(message.text) ?? '';
    if (message.type === 1) {
      if (!composer.child && folder && said.trim() !== '') {
        this.#gathering.prompt({ ...known, text: said, folder }, id);
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
    const composer = data ? this.#known(tables, id, data) : isTask(id) ? task : undefined;
    this.#composers.set(id, composer);
    return composer;
  }

  #known(tables: Tables, id: string, data: Fields): Composer {
    const workspace = fields(data.workspaceIdentifier);
    const uri = fields(workspace?.uri);
    const named = pathOf(text(uri?.fsPath) ?? text(uri?.external), undefined);
    const folder = named ?? this.#opened(text(workspace?.id) ?? openedIn(tables, id));
    if (folder === undefined && workspace === undefined) this.#problem('no folder');
    const tools = new Map<string, Fields>();
    for (const capability of list(data.capabilities).map(fields)) {
      const calls = fields(capability?.data)?.bubbleDataMap;
      const all = typeof calls === 'string' ? this.#json(calls) : fields(calls);
      for (const [bubble, call] of Object.entries(all ?? {})) if (fields(call)) tools.set(bubble, fields(call)!);
    }
    const conversation = list(data.conversation).map(fields);
    const headers = list(data.fullConversationHeadersOnly).map(fields);
    return {
      folder,
      child: isTask(id) || data.subagentInfo !== undefined || data.parentComposerId !== undefined,
      model: text(fields(data.modelConfig)?.modelName),
      time: number(data.lastUpdatedAt) ?? number(data.createdAt) ?? 0,
      busy: data.status === 'generating',
      headers: headers.length > 0 ? headers : conversation,
      tools,
    };
  }

  /** The folder of a workspace, by what the editor keeps of it beside. */
  #opened(workspace: string | undefined): string | undefined {
    if (workspace === undefined || basename(workspace) !== workspace) return undefined;
    return folderOf(join(dirname(dirname(this.#file)), 'workspaceStorage', workspace));
  }

  #json(value: unknown): Fields | undefined {
    if (value === null || value === undefined) return undefined;
    try {
      return fields(JSON.parse(String(value)));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      this.#problem('no JSON');
      return undefined;
    }
  }

  #problem(message: string): void {
    if (this.#told.has(message)) return;
    this.#told.add(message);
    this.#gathering.problem({ file: this.#file, line: 0, message });
  }
}

/** A subagent's work, of which Cursor may keep the messages alone. */
function isTask(id: string): boolean {
  return /[\r\n]|^task-/.test(id);
}
const task: Composer = {
  folder: undefined,
  child: true,
  model: undefined,
  time: 0,
  busy: false,
  headers: [],
  tools: new Map(),
};

function contentOf(tables: Tables, key: string): unknown {
  const value = tables.row(`SELECT ${bounded('value')} AS value FROM cursorDiskKV WHERE key = ?`, key)?.value;
  return Buffer.isBuffer(value) ? value.toString() : value;
}

/** Versions to 3.11 list the conversations of all workspaces in one value. */
function openedIn(tables: Tables, id: string): string | undefined {
  if (!tables.has('ItemTable', 'key', 'value')) return undefined;
  const all = "SELECT value FROM ItemTable WHERE key = 'composer.composerHeaders'";
  const listed = text(tables.row(all)?.value);
  if (listed === undefined || !listed.includes(id)) return undefined;
  try {
    const own = list(fields(JSON.parse(listed))?.allComposers)
      .map(fields)
      .find(one => one?.composerId === id);
    return text(fields(own?.workspaceIdentifier)?.id);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Cursor chooses the model itself where none is named. */
function usual(model: string | undefined): string | undefined {
  return model === 'default' || model === 'auto' ? undefined : model;
}

/** The start of the year 2000 (ms): smaller numbers are spans. */
const ABSOLUTE = 946_684_800_000;

function timeIn(message: Fields): number | undefined {
  const timing = fields(message.timingInfo);
  const created = typeof message.createdAt === 'string' ? Date.parse(message.createdAt) : number(message.createdAt);
  const all = [
    created,
    number(timing?.clientStartTime),
    number(timing?.clientRpcSendTime),
    number(timing?.clientEndTime),
  ];
  const time = all.find(time => time !== undefined && time >= ABSOLUTE);
  return time === undefined ? undefined : Math.floor(time);
}

function number(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}
