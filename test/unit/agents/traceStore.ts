import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';

/** A span as Copilot tells it: children end before what they belong to. */
export interface Told {
  readonly id: string;
  readonly trace?: string;
  readonly parent?: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly failed?: boolean;
}

export const turn = (id: string, attributes: Told['attributes'], more: Partial<Told> = {}): Told => ({
  id,
  attributes: { 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.conversation.id': 'talk', ...attributes },
  ...more,
});

export const tool = (id: string, call: string, name: string, input: object, more: Partial<Told> = {}): Told => ({
  id,
  parent: 'turn',
  attributes: {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': name,
    'gen_ai.tool.call.id': call,
    'gen_ai.tool.call.arguments': JSON.stringify(input),
  },
  ...more,
});

export const said = (role: string, content: string): string =>
  JSON.stringify([{ role, parts: [{ type: 'text', content }] }]);

const began = Date.UTC(2026, 0, 2, 10);

/** The file exporter's lines, with a metric and an event among them. */
export function traceFile(file: string, spans: readonly Told[]): string {
  const lines = spans.map(({ id, trace = 'trace', parent, attributes, failed }, index) => ({
    resource: { attributes: { 'service.name': 'copilot-chat' } },
    traceId: trace,
    spanId: id,
    parentSpanId: parent,
    name: 'span',
    startTime: [began / 1000, 0],
    endTime: [began / 1000 + index + 1, 500_000_000],
    status: { code: failed ? 2 : 1 },
    attributes,
  }));
  const others = [{ scopeMetrics: [] }, { hrTime: [began / 1000, 0], attributes: { 'event.name': 'x' } }];
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, [...others, ...lines].map(line => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

/** The store of traces as Copilot has it in schema 1. */
export function traceStore(file: string, spans: readonly Told[]): string {
  mkdirSync(dirname(file), { recursive: true });
  const database = new Database(file);
  database.pragma('journal_mode = WAL');
  database.exec(`CREATE TABLE IF NOT EXISTS spans (span_id TEXT PRIMARY KEY, trace_id TEXT NOT NULL, parent_span_id TEXT,
      name TEXT NOT NULL, start_time_ms INTEGER NOT NULL, end_time_ms INTEGER NOT NULL,
      status_code INTEGER NOT NULL DEFAULT 0, operation_name TEXT);
    CREATE TABLE IF NOT EXISTS span_attributes (span_id TEXT NOT NULL REFERENCES spans(span_id) ON DELETE CASCADE,
      key TEXT NOT NULL, value TEXT, PRIMARY KEY (span_id, key))`);
  const insert = database.prepare('INSERT INTO spans VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
  const attribute = database.prepare('INSERT INTO span_attributes VALUES (?, ?, ?)');
  for (const [index, { id, trace = 'trace', parent = null, attributes, failed }] of spans.entries()) {
    const operation = attributes['gen_ai.operation.name'];
    insert.run(id, trace, parent, 'span', began, began + (index + 1) * 1000 + 500, failed ? 2 : 1, operation);
    for (const [key, value] of Object.entries(attributes)) attribute.run(id, key, value);
  }
  database.close();
  return file;
}

export const traceSample: readonly Told[] = [
  tool('step', 'call_0123456789abcdef', 'create_file', { filePath: '/work/a.md', content: 'A long text' }),
  turn('turn', { 'gen_ai.input.messages': said('user', 'Write it') }),
];
