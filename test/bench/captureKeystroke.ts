import { setImmediate as turn } from 'node:timers/promises';
import { fromContentChanges } from '../../src/text/contentChanges.ts';
import { LiveEditor } from '../support/liveEditor.ts';
import { Workroom } from '../support/workroom.ts';
import { quantiles, say, shown } from './measure.ts';

/**
 * What one change costs the extension host in our code, without VS Code around it: from the event's content
 * changes to the shadow, the classified step, the updated spans and the queued journal event. A real writer
 * with its worker takes the events; the hand-over to it once a turn is measured too.
 */
const count = Number(process.argv[2] ?? 20_000);
const room = new Workroom();
room.consent();
const writer = await room.writer();

/** A text of `length` characters in `spans` spans: every second one is an accepted completion. */
async function prepared(n: number, length: number, spans: number): Promise<LiveEditor> {
  const width = Math.floor(length / spans);
  const editor = await LiveEditor.open(writer, n, `${n}.md`, ''.padEnd((spans / 2) * width, 'a line of the text \n'));
  for (let i = 0; i < spans / 2; i++) {
    const at = i * 2 * width + width;
    step(editor, at, ''.padEnd(width, 'what a model went on '), true);
    if (i % 500 === 0) await turn();
  }
  await writer.flush();
  return editor;
}

let time = 0;
function step({ tracker }: LiveEditor, at: number, text: string, isCompletion = false): void {
  const content = [{ rangeOffset: at, rangeLength: 0, startLine: 0, endLine: 0, text }];
  time += 120;
  tracker.observe({
    changes: fromContentChanges(tracker.length, content, '\n'),
    observation: isCompletion
      ? { by: 'editor', mark: 'editor.action.inlineSuggest.commit' }
      : { by: 'editor', selection: 'keyboard', carets: true },
    time,
    clean: false,
    selected: true,
  });
  tracker.settle();
}

/** Times of keys typed in bursts of 40 at places far apart, one a turn of the loop; then of the hand-over alone. */
async function keys(editor: LiveEditor): Promise<{ act: Float64Array; whole: Float64Array }> {
  const act = new Float64Array(count);
  const whole = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (i % 40 === 0) at = (i * 7919 * 131) % editor.tracker.length;
    const begin = process.hrtime.bigint();
    step(editor, at++, 'k');
    act[i] = Number(process.hrtime.bigint() - begin);
    await turn();
    whole[i] = Number(process.hrtime.bigint() - begin);
  }
  return { act, whole };
}

const line = (times: Float64Array) => {
  const { p50, p99, p999, max } = quantiles(times);
  return [p50, p99, p999, max].map(shown).join(', ');
};

console.log(`${count} keys in bursts of 40 at places far apart: median, p99, p99.9, maximum`);
await keys(await prepared(1, 1_000, 10));
const floor = new Float64Array(count);
for (let i = 0; i < count; i++) {
  const begin = process.hrtime.bigint();
  await turn();
  floor[i] = Number(process.hrtime.bigint() - begin);
}
say('an empty turn of the loop (the floor of the second figures)', line(floor));
let n = 2;
for (const [length, spans] of [
  [10_000, 100],
  [100_000, 1_000],
  [1_000_000, 10_000],
  [10_000_000, 100_000],
] as const) {
  const editor = await prepared(n++, length, spans);
  const { act, whole } = await keys(editor);
  const what = `${length.toLocaleString('en')} characters, ${spans.toLocaleString('en')} spans`;
  say(`${what}: event to spans and queue`, line(act), length === 1_000_000 ? 'p99 ≤ 10 µs' : '');
  say(`${what}: with the hand-over`, line(whole));
}
// Under load the worker may be far behind; closing waits for it only so long.
await writer.flush();
await room.clear();
