import { Provenance } from '../../src/provenance/provenance.ts';
import { SpanTree } from '../../src/provenance/spanTree.ts';
import { TextBuffer } from '../../src/text/buffer.ts';
import { loadSequential, type Trace } from '../traces/trace.ts';
import { type Edits, floor } from './floor.ts';
import { best, say, shown, time } from './measure.ts';

/** An edit of a real trace: spans alone, spans with placement, text, beside the floor in the same run. */
console.log('Real traces, each character its own serial; best of 40 runs, the floor of 15');
for (const name of ['automerge-paper', 'seph-blog1', 'rustcode']) {
  const trace = loadSequential(name);
  if (trace === undefined) console.log(`  ${name} is not beside the repository`);
  else measure(trace);
}

function measure(trace: Trace): void {
  const inserts = trace.steps.flatMap(step => step.patches.map(patch => patch[2]));
  const edits = columnsOf(trace);
  const start = { length: trace.start.length, serial: 0 };
  const runs = (of: () => void) => best(40, () => time(of) / edits.count);

  let count = 0;
  const spans = runs(() => {
    const tree = new SpanTree([start]);
    let serial = start.length;
    for (let i = 0; i < edits.count; i++) {
      const length = edits.inserted[i]!;
      const at = edits.at[i]!;
      tree.replace(at, at + edits.removed[i]!, length === 0 ? [] : [{ length, serial }]);
      serial += length;
    }
    count = tree.count;
  });
  const both = runs(() => {
    const provenance = Provenance.of([start]);
    let serial = start.length;
    for (let i = 0; i < edits.count; i++) {
      const length = edits.inserted[i]!;
      const from = edits.at[i]!;
      const spans = length === 0 ? [] : [{ length, serial }];
      const change = { from, to: from + edits.removed[i]!, insert: inserts[i]!, spans };
      provenance.apply([change], { first: serial, count: length }, 0);
      serial += length;
    }
  });
  const text = runs(() => {
    const buffer = TextBuffer.of(trace.start);
    for (let i = 0; i < edits.count; i++) {
      buffer.replace(edits.at[i]!, edits.at[i]! + edits.removed[i]!, inserts[i]!);
    }
  });
  const bare = floor(edits);
  say(`${trace.name}: spans (${count})`, shown(spans), bare ? `${(spans / bare).toFixed(1)} x floor, goal 8` : '');
  say(`${trace.name}: spans and placements, checked`, shown(both));
  say(`${trace.name}: text`, shown(text));
  say(`${trace.name}: floor, C++ gap array of runs`, bare ? shown(bare) : 'no compiler, or no source');
}

function columnsOf({ steps }: Trace): Edits {
  const patches = steps.flatMap(step => step.patches);
  return {
    count: patches.length,
    at: Int32Array.from(patches, p => p[0]),
    removed: Int32Array.from(patches, p => p[1]),
    inserted: Int32Array.from(patches, p => p[2].length),
  };
}
