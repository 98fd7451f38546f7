import { type Fields, fields, list, milliseconds, text } from '../reading/json.ts';
import type { Row } from '../reading/sqlite.ts';

/** One step of an agent's work in a trace of OpenTelemetry, by its conventions for generative AI. */
export interface OtelSpan {
  readonly id: string;
  readonly trace: string;
  /** Absent: it is the trace's first. */
  readonly parent?: string;
  /** `invoke_agent`, `chat`, `execute_tool` … */
  readonly operation: string;
  /** When it began and ended (ms). */
  readonly began: number;
  readonly ended: number;
  readonly failed: boolean;
  readonly attributes: Fields;
}

/** Status of a span that failed (OpenTelemetry's `SpanStatusCode`). */
const ERROR = 2;

/** A line of the file exporter: a span, or undefined for metrics and events. */
export function spanInLine(line: Fields): OtelSpan | undefined {
  const attributes = fields(line.attributes) ?? {};
  const [id, trace] = [text(line.spanId), text(line.traceId)];
  const [began, ended] = [momentOf(line.startTime), momentOf(line.endTime)];
  if (id === undefined || trace === undefined || began === undefined || ended === undefined) return undefined;
  const parent = text(line.parentSpanId);
  return {
    id,
    trace,
    ...(parent === undefined ? {} : { parent }),
    operation: text(attributes['gen_ai.operation.name']) ?? '',
    began,
    ended,
    failed: fields(line.status)?.code === ERROR || attributes['error.type'] !== undefined,
    attributes,
  };
}

/** A row of the table of spans, with its attributes by their names. */
export function spanInRow(row: Row, attributes: Fields): OtelSpan | undefined {
  const [id, trace] = [text(row.span_id), text(row.trace_id)];
  const [began, ended] = [milliseconds(row.start_time_ms), milliseconds(row.end_time_ms)];
  if (id === undefined || trace === undefined || began === undefined || ended === undefined) return undefined;
  const parent = text(row.parent_span_id);
  return {
    id,
    trace,
    ...(parent === undefined ? {} : { parent }),
    operation: text(row.operation_name) ?? '',
    began,
    ended,
    failed: row.status_code === ERROR || attributes['error.type'] !== undefined,
    attributes,
  };
}

/** The words of the newest message of a role: `[{role, parts: [{type: 'text', content}]}]`, as JSON or as it is. */
export function wordsOf(messages: unknown, role: string): string | undefined {
  const said = listIn(messages)
    .map(fields)
    .findLast(message => message?.role === role);
  if (!said) return undefined;
  const parts = list(said.parts ?? said.content).map(fields);
  const words = parts.flatMap(part => (part?.type === 'text' ? (text(part.content) ?? text(part.text) ?? []) : []));
  return text(said.content) ?? (words.length > 0 ? words.join('\n') : undefined);
}

function listIn(value: unknown): readonly unknown[] {
  if (typeof value !== 'string') return list(value);
  try {
    return list(JSON.parse(value));
  } catch (error) {
    // Cut by an exporter's limit.
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** `[seconds, nanoseconds]`, or milliseconds. */
function momentOf(value: unknown): number | undefined {
  const [seconds, nanoseconds] = list(value);
  if (typeof seconds !== 'number' || typeof nanoseconds !== 'number') return milliseconds(value);
  return milliseconds(seconds * 1000 + nanoseconds / 1e6);
}
