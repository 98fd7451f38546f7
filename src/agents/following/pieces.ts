import { type AgentRecords, noRecords } from '../agent.ts';

/** UTF-16 units of texts that are handed over at once: taking them over costs the editor's thread a millisecond or two. */
const most = 250_000;

type Lists = 'prompts' | 'answers' | 'edits' | 'decisions' | 'problems';
/** What links to another comes behind it. */
const order: readonly Lists[] = ['prompts', 'answers', 'edits', 'decisions', 'problems'];

/** Records in pieces of a bounded size, one record at least, in their order; all of them in one if they are small. */
export function* pieces(records: AgentRecords, bound = most): Generator<AgentRecords> {
  let piece: Record<Lists, unknown[]> = empty();
  let size = 0;
  for (const name of order) {
    for (const record of records[name]) {
      const own = sizeOf(record);
      if (size > 0 && size + own > bound) {
        yield piece as unknown as AgentRecords;
        [piece, size] = [empty(), 0];
      }
      piece[name].push(record);
      size += own;
    }
  }
  if (size > 0) yield piece as unknown as AgentRecords;
}

function empty(): Record<Lists, unknown[]> {
  return Object.fromEntries(Object.keys(noRecords).map(name => [name, []])) as unknown as Record<Lists, unknown[]>;
}

/** Characters of all texts of a record, and something for the record itself. */
function sizeOf(record: object): number {
  let size = 100;
  for (const value of Object.values(record)) {
    if (typeof value === 'string') size += value.length;
    else if (typeof value === 'object' && value !== null) size += sizeOf(value);
  }
  return size;
}
