import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { TextDocument } from 'vscode';
import { FigureCount } from '../../src/figures.ts';
import { Origins } from '../../src/provenance/origins.ts';
import { Provenance } from '../../src/provenance/provenance.ts';
import { tally } from '../../src/provenance/tally.ts';
import { type LinedText, TextSlices } from '../../src/ui/textSlices.ts';
import { texts } from '../support/arbitraries.ts';
import { originOf } from '../support/picture.ts';

const linesOf = (text: string): LinedText => {
  const lines = text.split('\n');
  return { lineCount: lines.length, lineAt: line => lines[line]! };
};

/** What VS Code shows of a text, with `\r\n` line ends or not. */
function documentOf(text: string, crlf: boolean) {
  const { lineCount, lineAt } = linesOf(text);
  const shown = {
    version: 1,
    eol: crlf ? 2 : 1,
    lineCount,
    lineAt: (line: number) => ({ text: lineAt(line), range: { end: { line, character: lineAt(line).length } } }),
    offsetAt: ({ line }: { line: number }) => text.length + (crlf ? line : 0),
  };
  return { shown, document: shown as unknown as TextDocument };
}

/** Spans of one to three characters, typed and an agent's in turn. */
function counted(length: number) {
  const origins = new Origins();
  const spans = [];
  for (let at = 0, n = 0; at < length; n++) {
    const own = Math.min(length - at, 1 + (n % 3));
    origins.add(n * 10, own, originOf(n % 2 === 0 ? 't' : 'a'), n);
    spans.push({ length: own, serial: n * 10 });
    at += own;
  }
  const provenance = Provenance.of(spans);
  return { tracker: { provenance, rested: async () => undefined }, recorder: { origins } };
}

describe('slices of a text', () => {
  it('law: they are the text, part no pair, and know where they stand', () => {
    fc.assert(
      fc.property(texts, fc.integer({ min: 1, max: 20 }), (text, size) => {
        const slices = new TextSlices(linesOf(text), size);
        let all = '';
        for (let slice = slices.next(); slice; slice = slices.next()) {
          assert.equal(slice.from, all.length);
          assert.equal(slice.line, all.split('\n').length - 1);
          const breaks = [...slice.text.matchAll(/\n/g)].map(({ index }) => index + 1);
          assert.deepEqual(slice.starts, breaks);
          all += slice.text;
          const pair = /[\ud800-\udbff]$/.test(all) && /^[\udc00-\udfff]/.test(text.slice(all.length));
          assert.ok(!pair && slice.text.length <= size + 1);
        }
        assert.equal(all, text);
      }),
      { examples: [['😀\n', 1]] },
    );
  });
});

const turn = () => new Promise(resolve => setImmediate(resolve));

describe('figures', () => {
  it('law: are those of the whole text', async () => {
    await fc.assert(
      fc.asyncProperty(texts, fc.integer({ min: 1, max: 400 }), fc.boolean(), async (part, times, crlf) => {
        const text = part.repeat(times);
        const of = counted(text.length);
        const found = await new FigureCount().of(documentOf(text, crlf).document, of);
        const { kinds, hands, length } = tally(text, of.recorder.origins.walk(of.tracker.provenance.spans()));
        assert.deepEqual(found, { tally: { kinds, hands, length } });
      }),
      { numRuns: 60 },
    );
  });

  it('are outdated where the text changed meanwhile, or others are asked for', async () => {
    const text = 'A line of words.\n'.repeat(60_000);
    const of = counted(text.length);
    const count = new FigureCount();
    const { shown, document } = documentOf(text, false);
    const first = count.of(document, of);
    const second = count.of(document, of);
    assert.equal(await first, 'outdated');
    await turn();
    shown.version++;
    assert.equal(await second, 'outdated');
    const third = count.of(document, of);
    await turn();
    count.dispose();
    assert.equal(await third, 'outdated');
  });

  it('are those of the text that was asked for last, though the one before is ready later', async () => {
    const long = 'A line of words.\n'.repeat(60_000);
    let ready: () => void = () => undefined;
    const slow = {
      ...counted(3),
      tracker: { ...counted(3).tracker, rested: () => new Promise<void>(r => (ready = r)) },
    };
    const count = new FigureCount();
    const former = count.of(documentOf('abc', false).document, slow);
    const last = count.of(documentOf(long, false).document, counted(long.length));
    await turn();
    ready();
    assert.equal(await former, 'outdated');
    const found = await last;
    assert.equal(typeof found === 'object' && found.tally.length, long.length);
  });

  it('are not known of a text that its spans do not fit', async () => {
    assert.equal(await new FigureCount().of(documentOf('abc', false).document, counted(4)), undefined);
  });
});
