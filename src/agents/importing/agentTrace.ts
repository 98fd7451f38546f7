import { type Fields, fields, list, text } from '../reading/json.ts';
import { modelOf } from '../reading/model.ts';
import type { AttributedLines } from './attributedLines.ts';

export interface TraceRecord {
  readonly id: string;
  /** Ms since 1970 UTC. */
  readonly time: number;
  /** Full git commit id at whose text the lines are counted; absent where the record names none. */
  readonly revision?: string;
  readonly lines: readonly AttributedLines[];
}

/**
 * One record of Agent Trace (https://github.com/cursor/agent-trace, 0.1 and 1.0; `.agent-trace/traces.jsonl`). Only what
 * it calls `ai` is taken: what is `mixed` says not which words are the tool's. A text says why it is none.
 */
export function readTraceRecord(value: unknown): TraceRecord | string {
  const { version, id, timestamp, vcs, tool, files } = fields(value) ?? {};
  if (typeof version !== 'string' || typeof id !== 'string') return 'no trace record';
  if (!/^[01]\.\d+(\.\d+)?$/.test(version)) return `unknown version ${version.slice(0, 40)}`;
  const time = Date.parse(text(timestamp) ?? '');
  if (!(time >= 0)) return 'no time';
  const [of, by] = [fields(vcs), text(fields(tool)?.name)?.toLowerCase()];
  const revision = of?.type === 'git' ? /^[0-9a-f]{40,64}$/.exec(text(of.revision) ?? '')?.[0] : undefined;
  const lines = list(files).flatMap(file => linesOf(fields(file), id, by));
  return { id, time, ...(revision !== undefined && { revision }), lines };
}

function linesOf(file: Fields | undefined, id: string, by: string | undefined): AttributedLines[] {
  const path = text(file?.path);
  if (path === undefined || path === '') return [];
  return list(file?.conversations).flatMap(value => {
    const said = fields(value);
    return list(said?.ranges).flatMap(range => {
      const { start_line: from, end_line: to, contributor } = fields(range) ?? {};
      const who = fields(contributor) ?? fields(said?.contributor);
      if (who?.type !== 'ai' || !isLine(from) || !isLine(to) || to < from) return [];
      const model = modelOf(text(who.model_id));
      const tool = by !== undefined && /^[a-z][\w.-]{0,60}$/.test(by) && by !== 'unknown' ? by : 'agent-trace';
      return [{ path, from, to, tool, conversation: text(said?.url) ?? id, ...(model !== undefined && { model }) }];
    });
  });
}

function isLine(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 1;
}
