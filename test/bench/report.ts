import { reportHtml } from '../../src/evidence/html.ts';
import { makeReport } from '../../src/evidence/report.ts';
import { say, shown, time } from './measure.ts';
import { packedSource, replayed } from './packedSource.ts';
import { writerEvents } from './writerEvents.ts';

const held = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;

console.log('Report from packed events; the floor only walks them, and replay folds them and does no more');
for (const count of [10_000, 100_000, 1_000_000]) {
  const source = packedSource(writerEvents(count));
  let sum = 0;
  const floor = time(() => {
    for (const pack of source.packs?.() ?? []) while (pack.next()) sum += pack.from[pack.change]!;
  });
  const fold = time(() => replayed(source));
  globalThis.gc?.();
  const before = held();
  let report = makeReport([]);
  const data = time(() => {
    report = makeReport([source]);
  });
  const grown = (held() - before) / 2 ** 20;
  let html = '';
  const page = time(() => {
    html = reportHtml(report, { language: 'en' });
  });
  const { lines, spans } = report.files[0]!;
  const goal = count === 1_000_000 ? '≤ 1 s, ≤ 150 MB' : '';
  say(`${count} events: walk, replay, report`, [floor, fold, data].map(shown).join(', '), goal);
  say('  memory grown, garbage included', `${grown.toFixed(0)} MB`, sum > 0 ? '' : '?');
  say(`  page of ${lines} lines, ${spans.length} spans`, `${shown(page)}, ${(html.length / 2 ** 20).toFixed(1)} MB`);
}
