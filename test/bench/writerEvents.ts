import type { JournalEvent } from '../../src/journal/event.ts';
import { utf8 } from '../support/journalByHand.ts';

const words = ['steppe ', 'wind ', 'ветер ', 'дала ', 'and ', 'the ', 'return ', 'const ', '\n', '\n'];

/** A writer who types word by word at places that wander, takes back, and accepts a completion now and then. */
export function* writerEvents(count: number): Generator<JournalEvent, void, undefined> {
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
  let version = 0;
  for (let i = 4; i < count - 1; i++) {
    if (i % 2000 === 0) {
      yield { ...head(i), kind: 'saved', document: 1, tracker: 1, format: utf8, ...digests };
      continue;
    }
    if (word === '') {
      word = words[random(words.length)]!;
      if (random(60) === 0) at = random(length + 1);
    }
    version++;
    const step = { document: 1, tracker: 1, version, first: serial, placement: 'insert' as const };
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
