import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Origin } from '../provenance/origin.ts';
import type { JournalEvent } from './event.ts';
import { type Growing, grow, type Of } from './replayed.ts';
import { ByteReader, ByteWriter, fold, unfold } from './varint.ts';

interface Rest {
  readonly origins: Origin[];
  readonly events: (Of<'prompt'> | Of<'commit'> | Of<'key'> | Of<'resolution'> | Of<'skipped'> | Of<'redaction'>)[];
  readonly edits: string[];
  readonly placings: (readonly [serial: number, placement: Of<'changed'>['placement'], act: number])[];
}

/**
 * What some events add to that: findings as varints (act, first serial, count of them, then length and
 * origin of each; steps of act and serial rather than values), all else as JSON behind them.
 */
export function foundBytes(events: Iterable<JournalEvent>): Uint8Array {
  const columns = new ByteWriter();
  const rest: Rest = { origins: [], events: [], edits: [], placings: [] };
  const ranks = new Map<string, number>();
  let [acts, act, next] = [0, 0, 0];
  const rankOf = ({ kind, basis, rule, prompt, commit }: Origin): number => {
    const key = JSON.stringify([kind, basis, rule, prompt, commit]);
    const rank = ranks.get(key) ?? ranks.size;
    if (rank === ranks.size) {
      ranks.set(key, rank);
      rest.origins.push({ kind, basis, rule, ...(prompt !== undefined && { prompt }), ...(commit && { commit }) });
    }
    return rank;
  };
  const find = (sequence: number, first: number, findings: readonly (Origin & { length: number })[]) => {
    columns.varints([sequence - act, fold(first - next), findings.length]);
    next = first;
    for (const finding of findings) {
      columns.varints([finding.length, rankOf(finding)]);
      next += finding.length;
    }
    act = sequence;
    acts++;
  };
  for (const event of events) {
    switch (event.kind) {
      case 'changed':
        if (event.placed !== undefined) rest.placings.push([event.placed, event.placement, event.sequence]);
        if (event.findings.length > 0) find(event.sequence, firstNew(event), event.findings);
        break;
      case 'baseline':
        if (event.finding.length > 0) find(event.sequence, event.first, [event.finding]);
        break;
      case 'agentEdit':
        rest.edits.push(event.id);
        break;
      case 'prompt':
      case 'commit':
      case 'key':
      case 'resolution':
      case 'redaction':
      case 'skipped':
        rest.events.push(event);
        break;
      default:
    }
  }
  const head = new ByteWriter();
  head.varints([acts, columns.length]);
  return deflateRawSync(Buffer.concat([head.done(), columns.done(), Buffer.from(JSON.stringify(rest))]));
}

/** Adds what `foundBytes` took from some events. Throws where the bytes are not its own. */
export function addFound(to: Growing, bytes: Uint8Array, placing: Origin): void {
  const reader = new ByteReader(inflateRawSync(bytes));
  const [acts, length] = [reader.varint(), reader.varint()];
  const columns = new ByteReader(reader.take(length));
  const rest = JSON.parse(Buffer.from(reader.bytes.subarray(reader.at)).toString('utf8')) as Rest;
  let [act, next] = [0, 0];
  for (let i = 0; i < acts; i++) {
    act += columns.varint();
    next += unfold(columns.varint());
    for (let findings = columns.varint(); findings > 0; findings--) {
      const count = columns.varint();
      to.origins.add(next, count, rest.origins[columns.varint()] as Origin, act);
      next += count;
    }
  }
  for (const [serial, placement, by] of rest.placings) {
    to.origins.add(serial, 1, placing, by);
    to.placings.set(serial, { placement, act: by });
  }
  for (const id of rest.edits) to.edits.add(id);
  for (const event of rest.events) grow(to, event);
}

function firstNew({ first, placed }: Of<'changed'>): number {
  return placed === undefined ? first : first + 1;
}
