import PDFDocument from 'pdfkit';
import { reportPdf } from '../../src/evidence/pdf.ts';
import { makeReport } from '../../src/evidence/report.ts';
import { Stopwatch, say, shown } from './measure.ts';
import { packedSource } from './packedSource.ts';
import { writerEvents } from './writerEvents.ts';

/** The floor: pdfkit sets the same text in the same face, in lines of its own, with no mark, tag or number. Gives bytes. */
function bare(text: string): number {
  const margins = { left: 141, right: 45, top: 62, bottom: 72 };
  const document = new PDFDocument({ size: 'A4', margins, font: null as never });
  const face = new URL('../../media/fonts/DejaVuSerifCondensed.ttf', import.meta.url).pathname;
  document.font(face).fontSize(10.5);
  for (const line of text.split('\n')) document.text(line === '' ? ' ' : line, { lineGap: 4.5 });
  document.end();
  let size = 0;
  for (let part = document.read(); part !== null; part = document.read()) size += part.length;
  return size;
}

console.log(
  'Report as PDF, marked and tagged, in time at work; the floor is pdfkit with the same letters and nothing else',
);
for (const count of [20_000, 200_000, 600_000]) {
  const report = makeReport([packedSource(writerEvents(count))]);
  const { text, lines, spans } = report.files[0]!;
  const [floor, ours] = [new Stopwatch(), new Stopwatch()];
  let [size, bytes] = [0, new Uint8Array()];
  floor.add(1, () => {
    size = bare(text);
  });
  globalThis.gc?.();
  ours.add(1, () => {
    bytes = new Uint8Array(reportPdf(report, { language: 'ru' }));
  });
  const pages =
    Buffer.from(bytes)
      .toString('latin1')
      .match(/\/Type \/Page\n/g)?.length ?? 0;
  const spent = [floor.cpu, ours.cpu].map(shown).join(', ');
  say(`${pages} pages, ${text.length} characters, ${lines} lines, ${spans.length} spans`, spent);
  say(
    '  size of the files',
    `${(size / 2 ** 20).toFixed(1)} MB, ${(bytes.length / 2 ** 20).toFixed(1)} MB, data attached`,
  );
}
say('largest memory of the process', `${(process.resourceUsage().maxRSS / 1024).toFixed(0)} MB`);
