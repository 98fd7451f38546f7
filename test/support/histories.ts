import fc from 'fast-check';
import type { AlignedChange, Span } from '../../src/provenance/span.ts';
import { type Change, ChangeSet } from '../../src/text/change.ts';
import { texts } from './arbitraries.ts';
import { Oracle } from './oracle.ts';

/** What somebody did, without saying yet to which text: places are shares of the length. */
export interface Act {
  readonly act: 'type' | 'paste' | 'back' | 'replace' | 'everywhere' | 'copy' | 'undo' | 'redo';
  readonly at: number;
  readonly size: number;
  readonly text: string;
}

/** One step as a tracker would apply it, and the text before it. */
export interface Step {
  readonly changes: readonly AlignedChange[];
  readonly changeSet: ChangeSet;
  readonly fresh: { readonly first: number; readonly count: number };
  /** Serial of the placing act; 0 if nothing known was placed. */
  readonly placed: number;
  readonly reason?: 'undo' | 'redo';
  readonly before: Oracle;
  readonly after: Oracle;
}

const names = ['type', 'type', 'paste', 'back', 'replace', 'everywhere', 'copy', 'undo', 'redo'] as const;

export function histories(inserts: fc.Arbitrary<string> = texts, maxLength = 30): fc.Arbitrary<readonly Act[]> {
  const at = fc.double({ min: 0, max: 1, noNaN: true });
  const act = fc.record({ act: fc.constantFrom(...names), at, size: fc.nat(9), text: inserts });
  return fc.array(act, { maxLength });
}

/**
 * Plays a history on a text whose serials start at 0. An undo goes back by up to `size` steps to
 * what stood then, and takes its serials from that state as a whole: no inverse is used for them.
 */
export function play(start: string, acts: readonly Act[]): Step[] {
  const steps: Step[] = [];
  const line: { state: Oracle; step: ChangeSet }[] = []; // states before each step of the undo line
  let standing = 0;
  let now = Oracle.of(start);
  let last = now; // the state at the end of the line
  let serial = start.length;

  const put = (
    changeSet: ChangeSet,
    spansOf: (change: Change, at: number) => Span[] | undefined,
    reason?: Step['reason'],
  ) => {
    const first = serial + 1; // `serial` itself names the act
    let next = first;
    let shift = 0;
    const changes = changeSet.changes.map(change => {
      const known = spansOf(change, change.from + shift);
      shift += change.insert.length - (change.to - change.from);
      if (known !== undefined) return { ...change, spans: known };
      next += change.insert.length;
      const length = change.insert.length;
      return { ...change, spans: length === 0 ? [] : [{ length, serial: next - length }] };
    });
    const fresh = { first, count: next - first };
    const after = now.clone();
    after.apply(changes, fresh, serial);
    steps.push({ changes, changeSet, fresh, placed: serial, before: now, after, ...(reason && { reason }) });
    now = after;
    serial = next;
  };
  const fresh = (changes: Change[], spansOf: (change: Change) => Span[] | undefined = () => undefined) => {
    const step = ChangeSet.of(now.characters.length, changes);
    line.splice(standing++, Infinity, { state: now, step });
    put(step, spansOf);
    last = now;
  };
  const walk = (reason: 'undo' | 'redo', count: number) => {
    const target = reason === 'undo' ? Math.max(0, standing - count) : Math.min(line.length, standing + count);
    if (target === standing) return;
    let way = ChangeSet.empty(now.characters.length);
    for (let i = standing; i < target; i++) way = way.compose(line[i]!.step);
    for (let i = standing - 1; i >= target; i--) way = way.compose(line[i]!.step.invert(line[i]!.state.text));
    const goal = line[target]?.state ?? last;
    standing = target;
    put(way, ({ insert }, at) => goal.spans(at, at + insert.length), reason);
  };

  for (const { act, at, size, text } of acts) {
    const { length } = now.characters;
    const from = Math.floor(at * length);
    const to = Math.min(length, from + size);
    switch (act) {
      case 'type':
        for (let i = 0; i < text.length; i++) fresh([{ from: from + i, to: from + i, insert: text[i]! }]);
        break;
      case 'paste':
        fresh([{ from, to: from, insert: text }]);
        break;
      case 'back':
        for (let i = to; i > from; i--) fresh([{ from: i - 1, to: i, insert: '' }]);
        break;
      case 'replace':
        fresh([{ from, to, insert: text }]);
        break;
      case 'everywhere': {
        const stride = size + 2;
        const places = Array.from({ length: Math.floor(length / stride) }, (_, i) => i * stride);
        fresh(places.map(p => ({ from: p, to: p + (size % 2), insert: text.slice(0, 3) })));
        break;
      }
      case 'copy': {
        const copied = now;
        const insert = copied.text.slice(from, to);
        const place = Math.floor(((size + 1) / 10) * length);
        fresh([{ from: place, to: place, insert }], () => copied.spans(from, to));
        break;
      }
      case 'undo':
      case 'redo':
        walk(act, size + 1);
        break;
    }
  }
  return steps;
}
