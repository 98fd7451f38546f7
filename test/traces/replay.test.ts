import assert from 'node:assert/strict';
import { Origins } from '../../src/provenance/origins.ts';
import { Provenance } from '../../src/provenance/provenance.ts';
import { TextBuffer } from '../../src/text/buffer.ts';
import { ChangeSet } from '../../src/text/change.ts';
import { originOf } from '../support/picture.ts';
import { samples } from './samples.ts';
import { SerialTable } from './serialTable.ts';
import { loadSequential, loadSessions, sequentialNames, type Trace, type TraceStep } from './trace.ts';

/** Spans are compared with the plain table this often, and at the end. */
const looks = 6;

const absent = 'skipped: no recorded traces, as shared/traces is not beside the repository';

describe('recorded traces', () => {
  for (const trace of samples()) it(trace.name, () => replay(trace));

  for (const name of sequentialNames) {
    it(`${name} ends as recorded, each character with its own serial`, function () {
      const trace = loadSequential(name);
      if (trace === undefined) {
        console.log(`      ${absent}`);
        this.skip();
      }
      replay(trace);
    });
  }

  it("100 co-writing sessions end as recorded, the machine's characters told from the writer's", function () {
    const sessions = loadSessions(100);
    if (sessions === undefined) {
      console.log(`      ${absent}`);
      this.skip();
    }
    assert.equal(sessions.length, 100);
    for (const trace of sessions) replay(trace);
  });
});

/** Plays a trace as a tracker would: one ChangeSet a step, each new character the next serial. */
function replay({ name, start, end, steps }: Trace): void {
  const buffer = TextBuffer.of(start);
  const provenance = Provenance.of([{ length: start.length, serial: 0 }]);
  const origins = new Origins();
  const table = new SerialTable(start.length);
  const machine = new Set<number>();
  let serial = start.length;
  origins.add(0, serial, originOf('i'), 0);
  steps.forEach((step, i) => {
    const first = serial;
    const changes = changeSetOf(buffer.length, step).changes.map(change => {
      const { length } = change.insert;
      serial += length;
      return { ...change, spans: length === 0 ? [] : [{ length, serial: serial - length }] };
    });
    const count = serial - first;
    origins.add(first, count, originOf(step.machine ? 'a' : 't'), i + 1);
    if (step.machine) for (let s = first; s < serial; s++) machine.add(s);
    provenance.apply(changes, { first, count }, 0);
    for (const { from, to, insert, spans } of changes.toReversed()) {
      buffer.replace(from, to, insert);
      table.replace(from, to, insert.length, spans[0]?.serial ?? 0);
    }
    if (i % Math.ceil(steps.length / looks) === 0) assert.deepEqual(provenance.spans(), table.spans(), name);
  });
  assert.ok(buffer.equals(end), `${name} ends otherwise than recorded`);
  assert.deepEqual(provenance.spans(), table.spans(), name);
  assert.deepEqual(provenance.placements(0, end.length), end === '' ? [] : [{ length: end.length, serial: 0 }]);
  const letters = Array.from(table.serials.subarray(0, table.length), s =>
    s < start.length ? 'i' : machine.has(s) ? 'a' : 't',
  );
  assert.equal(provenance.toString(origins), letters.join(''), name);
}

/** A step's patches as one ChangeSet. */
function changeSetOf(length: number, { patches }: TraceStep): ChangeSet {
  let set = ChangeSet.empty(length);
  for (const [from, removed, insert] of patches) {
    set = set.compose(ChangeSet.of(set.newLength, [{ from, to: from + removed, insert }]));
  }
  return set;
}
