import { reportHtml } from '../../src/evidence/html.ts';
import type { SealedSource } from '../../src/evidence/integrity.ts';
import { makeReport } from '../../src/evidence/report.ts';
import type { JournalEvent } from '../../src/journal/event.ts';
import { Replay } from '../../src/journal/replay.ts';
import { decode, encode } from '../../src/journal/segment.ts';
import { utf8 } from '../support/journalByHand.ts';
import { say, shown, time } from './measure.ts';

const words = ['steppe ', 'wind ', 'ветер ', 'дала ', 'and ', 'the ', 'return ', 'const ', '\n', '\n'];

/** A writer who types word by word at places that wander, takes back, and accepts a completion now and then. */
function* events(count: number): Generator<JournalEvent, void, undefined> {
  let serial = 2 ** 33;
  let length = 0;
  let seed = 1;
  const random = (n: number) => {
    seed = (seed * 48_271) % 2_147_483_647;
    return seed % n;
  };
  const start = Date.UTC(2026, 0, 5, 4);
  const head = (sequence: number) => ({
    sequence,
    time: start + sequence * 2_000,
    monotonic: sequence * 2_000,
    zone: 300,
    session: 1,
  });
  const about = { software: 'holograph/0.1.0', editor: 'bench', platform: 'bench', channels: [], unreachable: [] };
  yield {
    ...head(0),
    session: 0,
    kind: 'started',
    journal: 'bench',
    work: 'w',
    folder: 'bench',
    format: 1,
    software: 'bench',
  };
  yield { ...head(1), kind: 'session', ...about, leases: [2 ** 33, 2 ** 40] };
  const document = { document: 1, path: 'a.md', format: utf8 };
  const digests = { fileDigest: '0'.repeat(64), textDigest: '0'.repeat(64) };
  yield {
    ...head(2),
    kind: 'baseline',
    ...document,
    ...digests,
    first: serial,
    finding: { kind: 'initial', basis: 'asserted', rule: 'baseline', length: 0 },
    texts: [''],
  };
  yield { ...head(3), kind: 'opened', ...document, tracker: 1 };
  let word = '';
  let at = 0;
  for (let i = 4; i < count - 1; i++) {
    const step = { document: 1, tracker: 1, version: i, first: serial, placement: 'insert' as const };
    if (i % 2000 === 0) {
      yield { ...head(i), kind: 'saved', document: 1, tracker: 1, format: utf8, ...digests };
      continue;
    }
    if (word === '') {
      word = words[random(words.length)]!;
      if (random(60) === 0) at = random(length + 1);
    }
    const act = random(100);
    if (act < 6 && at > 0) {
      yield {
        ...head(i),
        kind: 'changed',
        ...step,
        changes: [{ from: at - 1, to: at }],
        findings: [],
        observation: { by: 'editor' },
        texts: [''],
      };
      at--;
      length--;
      continue;
    }
    const machine = act === 99;
    const insert = machine ? 'and so it went on for a while. ' : word[0]!;
    if (!machine) word = word.slice(1);
    const origin = machine
      ? ({ kind: 'ai.completion', basis: 'asserted', rule: 'mark.commit' } as const)
      : ({ kind: 'typed', basis: 'asserted', rule: 'keyboard' } as const);
    yield {
      ...head(i),
      kind: 'changed',
      ...step,
      changes: [{ from: at, to: at }],
      findings: [{ ...origin, length: insert.length }],
      observation: { by: 'editor', selection: 'keyboard' },
      texts: [insert],
    };
    serial += insert.length;
    at += insert.length;
    length += insert.length;
  }
  yield { ...head(count - 1), kind: 'saved', document: 1, tracker: 1, format: utf8, ...digests };
}

function sourceOf(packs: readonly Uint8Array[], size: number): SealedSource {
  function* read() {
    for (const pack of packs) yield* decode(pack);
  }
  return { id: 'bench', size, root: '0'.repeat(64), checkpoints: [], events: read };
}

function packed(count: number): Uint8Array[] {
  const packs: Uint8Array[] = [];
  let pack: JournalEvent[] = [];
  for (const event of events(count)) {
    pack.push(event);
    if (pack.length < 4096) continue;
    packs.push(encode(pack));
    pack = [];
  }
  return [...packs, encode(pack)];
}

const held = () => process.memoryUsage().heapUsed + process.memoryUsage().arrayBuffers;

console.log('Report from packed events; the floor only decodes them, and replay folds them and does no more');
for (const count of [10_000, 100_000, 1_000_000]) {
  const source = sourceOf(packed(count), count);
  let sum = 0;
  const floor = time(() => {
    for (const event of source.events()) sum += event.time;
  });
  const replayed = time(() => {
    const replay = new Replay();
    for (const event of source.events()) replay.apply(event);
  });
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
  say(`${count} events: decode, replay, report`, [floor, replayed, data].map(shown).join(', '), goal);
  say('  memory grown, garbage included', `${grown.toFixed(0)} MB`, sum > 0 ? '' : '?');
  say(`  page of ${lines} lines, ${spans.length} spans`, `${shown(page)}, ${(html.length / 2 ** 20).toFixed(1)} MB`);
}
