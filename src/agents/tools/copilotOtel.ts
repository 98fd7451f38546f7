import { basename, dirname, join } from 'node:path';
import type { Agent, AgentReader, AgentRecords, Problem } from '../agent.ts';
import { Gathering } from '../reading/gathering.ts';
import { type Fields, fields } from '../reading/json.ts';
import { JsonLines, type Visitor } from '../reading/jsonl.ts';
import { editorData } from '../reading/machine.ts';
import { bounded, type Row, type Tables, ToolDatabase } from '../reading/sqlite.ts';
import { copilotName } from './copilot.ts';
import { type OtelSpan, spanInLine, spanInRow } from './otelSpan.ts';
import { isEditing, isTurn, OtelTurns } from './otelTurn.ts';

/**
 * Copilot's traces, where the person has switched them on with their content: VS Code's `agent-traces.db`, the Agent
 * Host's, and the file of JSON lines that `COPILOT_OTEL_FILE_EXPORTER_PATH` names (sources: microsoft/vscode-copilot-chat
 * `docs/monitoring`, `platform/otel/node`). A turn is told when it has ended. Without content there is nothing to tell.
 */
export const copilotOtel: Agent = {
  name: 'copilot-otel',
  ids: copilotName,
  checked: 'documentation',
  versions: 'Copilot Chat 0.38 to 0.67 (schema 1)',
  places(_folder, { env, ...machine }) {
    const stores = editorData({ env, ...machine }).flatMap(data => [
      join(data, 'User', 'globalStorage', 'github.copilot-chat'),
      join(data, 'agent-host', 'otel'),
    ]);
    const file = env.COPILOT_OTEL_FILE_EXPORTER_PATH;
    return file ? [...stores, dirname(file)] : stores;
  },
  // The file may lie among others.
  shallow: true,
  isRecord: file => /traces\.db$/.test(basename(file)) || /otel.*\.(jsonl|ndjson|json|log)$/i.test(basename(file)),
  reader: file => (file.endsWith('.db') ? new TraceStoreReader(file) : new TraceFileReader(file)),
};

/** Steps of one turn at most. */
const STEPS = 20_000;
/** Steps of turns that have not ended: a tool works on few at a time. */
const PENDING = 2000;

class TraceFileReader implements AgentReader, Visitor {
  readonly #lines: JsonLines;
  readonly #gathering = new Gathering(copilotName);
  readonly #turns: OtelTurns;
  /** Steps by their traces; a step ends before the turn that it belongs to. */
  readonly #steps = new Map<string, OtelSpan[]>();

  constructor(file: string) {
    this.#lines = new JsonLines(file);
    this.#turns = new OtelTurns(this.#gathering);
  }

  async read(): Promise<AgentRecords> {
    const state = await this.#lines.read(this);
    return this.#gathering.take(state === 'more');
  }

  line(value: unknown): 'stop' | undefined {
    const span = spanInLine(fields(value) ?? {});
    if (!span) return undefined;
    if (isEditing(span)) this.#keep(span);
    else if (isTurn(span)) {
      this.#turns.tell(span, this.#steps.get(span.trace) ?? []);
      this.#steps.delete(span.trace);
    }
    return this.#gathering.full ? 'stop' : undefined;
  }

  problem(problem: Problem): void {
    this.#gathering.problem(problem);
  }

  restart(): void {
    this.#steps.clear();
  }

  #keep(span: OtelSpan): void {
    this.#steps.set(span.trace, [...(this.#steps.get(span.trace) ?? []).slice(-PENDING), span]);
    if (this.#steps.size > PENDING) this.#steps.delete(this.#steps.keys().next().value!);
  }
}

const columns = [
  'span_id',
  'trace_id',
  'parent_span_id',
  'operation_name',
  'start_time_ms',
  'end_time_ms',
  'status_code',
];
/** Attributes that are read; others are tokens and settings. */
const told = [
  'gen_ai.conversation.id',
  'copilot_chat.chat_session_id',
  'gen_ai.response.model',
  'gen_ai.request.model',
  'copilot_chat.user_request',
  'gen_ai.input.messages',
  'gen_ai.output.messages',
  'gen_ai.tool.name',
  'gen_ai.tool.call.id',
  'gen_ai.tool.call.arguments',
  'error.type',
];

class TraceStoreReader implements AgentReader {
  readonly #file: string;
  readonly #database: ToolDatabase;
  readonly #gathering = new Gathering(copilotName);
  readonly #turns: OtelTurns;
  #mark = 0;
  #problem = '';

  constructor(file: string) {
    this.#file = file;
    this.#database = new ToolDatabase(file);
    this.#turns = new OtelTurns(this.#gathering);
  }

  async read(): Promise<AgentRecords> {
    const look = await this.#database.look(tables => this.#look(tables));
    if (look.state === 'problem') this.#fail(look.message);
    return this.#gathering.take(look.state === 'read' && look.value === 'more');
  }

  #look(tables: Tables): 'end' | 'more' {
    if (!tables.has('spans', ...columns) || !tables.has('span_attributes', 'span_id', 'key', 'value')) {
      this.#fail('unknown schema');
      return 'end';
    }
    // Old rows are deleted when the editor starts, and their numbers may be given again.
    const newest = Number(tables.row('SELECT max(rowid) AS newest FROM spans')?.newest) || 0;
    if (newest < this.#mark) this.#mark = 0;
    const from = this.#mark;
    const state = tables.each(
      `SELECT rowid AS mark, ${columns.join(', ')} FROM spans
        WHERE rowid > ? AND operation_name = 'invoke_agent' AND parent_span_id IS NULL ORDER BY rowid`,
      [from],
      row => {
        this.#mark = Math.max(this.#mark, Number(row.mark) || 0);
        const turn = spanInRow(row, attributesOf(tables, row));
        if (turn) this.#turns.tell(turn, stepsOf(tables, turn));
        return this.#gathering.full ? 'stop' : undefined;
      },
    );
    // The rows of a damaged table may come in no order, and for ever.
    return state === 'more' && this.#mark > from ? 'more' : 'end';
  }

  #fail(message: string): void {
    if (this.#problem !== message) this.#gathering.problem({ file: this.#file, line: 0, message });
    this.#problem = message;
  }
}

function stepsOf(tables: Tables, { trace }: OtelSpan): readonly OtelSpan[] {
  const steps: OtelSpan[] = [];
  const sql = `SELECT ${columns.join(', ')} FROM spans WHERE trace_id = ? AND operation_name = 'execute_tool' ORDER BY rowid`;
  const visit = (row: Row): undefined => {
    const step = spanInRow(row, attributesOf(tables, row));
    if (step && isEditing(step)) steps.push(step);
  };
  tables.each(sql, [trace], visit, STEPS);
  return steps;
}

function attributesOf(tables: Tables, { span_id }: Row): Fields {
  const found: Record<string, unknown> = {};
  const sql = `SELECT key, ${bounded('value')} AS value FROM span_attributes
    WHERE span_id = ? AND key IN (${told.map(() => '?').join(', ')})`;
  tables.each(sql, [span_id, ...told], ({ key, value }) => {
    if (typeof key === 'string' && typeof value === 'string') found[key] = value;
    return undefined;
  });
  return found;
}
