import { reportHtml } from '../../src/evidence/html.ts';
import { makeReport } from '../../src/evidence/report.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { Replay } from '../../src/journal/replay.ts';
import { Provenance } from '../../src/provenance/provenance.ts';
import { tally } from '../../src/provenance/tally.ts';
import type { MarkedSpan } from '../../src/ui/line.ts';
import { marksOf } from '../../src/ui/marks.ts';
import { Ruler } from '../../src/ui/ruler.ts';
import { utf8 } from '../support/journalByHand.ts';
import { Seeded } from '../support/seeded.ts';
import { best, bytesHeld, quantiles, say, shown, time, timesOf } from './measure.ts';
import { packedSource, replayed } from './packedSource.ts';

/** What a document of a million spans is like to work in: each thing that is done with one, once. */
const spans = Number(process.argv[2] ?? 1_000_000);
const inserts = spans / 2;
const line = 'A line of forty letters, signs and spaces.'.slice(0, 39);
const random = new Seeded(3);

/** A text of `inserts` lines in each of which one completion was accepted, from the last line up. */
function* events(): Generator<JournalEvent, void, undefined> {
  const head = (sequence: number) => ({
    sequence,
    time: sequence * 100,
    monotonic: sequence * 100,
    zone: 0,
    session: 1,
  });
  const about = { software: 'bench', editor: 'bench', platform: 'bench', channels: [], unreachable: [] };
  const digests = { fileDigest: '0'.repeat(64), textDigest: '0'.repeat(64) };
  const document = { document: 1, path: 'a.md', format: utf8 };
  const started = { journal: 'bench', work: 'w', folder: 'bench', format: 1, software: 'bench' } as const;
  yield { ...head(0), session: 0, kind: 'started', ...started };
  yield { ...head(1), kind: 'session', ...about, leases: [2 ** 33, 2 ** 40] };
  const length = inserts * (line.length + 1);
  const finding = { kind: 'initial', basis: 'asserted', rule: 'baseline', length } as const;
  const texts = [`${line}\n`.repeat(inserts)];
  yield { ...head(2), kind: 'baseline', ...document, ...digests, first: 2 ** 33, finding, texts };
  yield { ...head(3), kind: 'opened', ...document, tracker: 1 };
  for (let i = 0; i < inserts; i++) {
    const from = (inserts - 1 - i) * (line.length + 1) + 20;
    yield {
      ...head(4 + i),
      kind: 'changed',
      document: 1,
      tracker: 1,
      version: 1 + i,
      first: 2 ** 33 + length + 7 * i,
      placement: 'insert',
      changes: [{ from, to: from }],
      findings: [{ kind: 'ai.completion', basis: 'asserted', rule: 'mark.commit', length: 6 }],
      observation: { by: 'editor', mark: 'mark.commit' },
      texts: [' words'],
    };
  }
  yield { ...head(4 + inserts), kind: 'saved', document: 1, tracker: 1, format: utf8, ...digests };
}

const rss = () => `${Math.round(process.memoryUsage().rss / 2 ** 20)} MB resident`;
const source = packedSource(events());
console.log(`A document of ${spans.toLocaleString('en')} spans, made by ${inserts.toLocaleString('en')} acts`);
let replay = new Replay();
const opened = time(() => {
  replay = replayed(source);
});
const content = replay.documents.get(1)!.content;
const text = content.text.toString();
const { provenance } = content;
say(`opening from the first event (${(text.length / 2 ** 20).toFixed(0)} MB of text)`, shown(opened), rss());
let bytes: Uint8Array = new Uint8Array();
const keep = best(3, () =>
  time(() => {
    bytes = provenance.toBytes();
  }),
);
say('a keyframe of its spans', shown(keep), `${(bytes.length / provenance.count).toFixed(1)} bytes a span`);
say(
  'opening from the keyframe: its spans',
  shown(best(3, () => time(() => Provenance.fromBytes(bytes)))),
  'goal 9 ns a span',
);
say('a copy of its spans, as a second tracker takes', shown(best(3, () => time(() => provenance.clone()))));

const before = bytesHeld();
const live = provenance.clone();
const memory = `${((bytesHeld() - before) / live.count).toFixed(1)} bytes a span`;
say('memory of its spans and placements', memory, 'goal 16 for the spans');
let serial = 2 ** 45;
let at = 0;
const stroke = (burst: number) => (i: number) => {
  if (i % burst === 0) at = random.below(live.length);
  live.apply([{ from: at, to: at, insert: 'k', spans: [{ length: 1, serial }] }], { first: serial++, count: 1 }, 0);
  at++;
};
for (const [what, burst] of [
  ['typing', 64],
  ['a key at a random place', 1],
] as const) {
  timesOf(20_000, stroke(burst));
  const { p50, p99, max } = quantiles(timesOf(50_000, stroke(burst)));
  say(`${what}: median, p99, maximum`, [p50, p99, max].map(shown).join(', '), 'goal 2, 10 µs');
}

const marked = (from: number, to: number): MarkedSpan[] =>
  Array.from(replay.origins.walk(provenance.slice(from, to)), run => ({ ...run, placement: 'insert' }));
const shownLines = 60;
const screen = () => {
  const from = random.below(inserts - shownLines) * (line.length + 7);
  const to = from + shownLines * (line.length + 7) - 1;
  marksOf(0, text.slice(from, to).split('\n'), marked(from, to));
};
timesOf(200, screen);
say(`marks of a screen (${shownLines} lines)`, shown(quantiles(timesOf(2_000, screen)).p50), 'goal 5 µs for its spans');
let all: MarkedSpan[] = [];
const walk = time(() => {
  all = marked(0, provenance.length);
});
say('the origin of every span', shown(walk));
const lines = text.split('\n');
const ruler = new Ruler({ lineCount: lines.length, lineAt: n => lines[n]!, spansIn: marked });
let more = true;
const step = () => {
  more = ruler.step();
};
const steps: number[] = [];
while (more) steps.push(time(step));
const sum = shown(steps.reduce((a, b) => a + b));
const { p50: one, p99: long, max: longest } = quantiles(Float64Array.from(steps));
say('the ruler of the whole text, step by step', `${sum} in ${steps.length} steps`);
say('a step of it: median, p99, maximum', [one, long, longest].map(shown).join(', '), 'goal 5 ms on the main thread');
say('its characters by kind and hand', shown(best(2, () => time(() => tally(text, all)))));

globalThis.gc?.();
let report = makeReport([]);
const data = time(() => {
  report = makeReport([source]);
});
say('a report, as data', shown(data), rss());
try {
  let page = '';
  const html = time(() => {
    page = reportHtml(report, { language: 'en' });
  });
  say('a report, as a page', shown(html), `${(page.length / 2 ** 20).toFixed(0)} MB`);
} catch (error) {
  say('a report, as a page', 'cannot be made', String(error));
}
