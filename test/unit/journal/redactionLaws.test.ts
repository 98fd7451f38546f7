import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { JournalDatabase } from '../../../src/journal/database.ts';
import { purge } from '../../../src/journal/purge.ts';
import { redact } from '../../../src/journal/redaction.ts';
import { Replay } from '../../../src/journal/replay.ts';
import { tally } from '../../../src/provenance/tally.ts';
import { placesOf } from '../../support/everyByte.ts';
import { allTexts, type PageAct, RecordedPage } from '../../support/redactable.ts';
import { Workroom } from '../../support/workroom.ts';

const word = 'Жұлдыз';
const pieces = fc.constantFrom('Жұл', 'дыз', word, ` ${word}, `, ' ', 'a ', '\n', '🐎', 'жұЛДЫЗ', 'zz');
const place = fc.nat(999);
const length = fc.nat(12);
const acts: fc.Arbitrary<PageAct[]> = fc.array(
  fc.oneof(
    fc.record({ act: fc.constant('type' as const), at: place, text: pieces }),
    fc.record({ act: fc.constant('letters' as const), at: place, text: pieces }),
    fc.record({ act: fc.constant('erase' as const), at: place, length }),
    fc.record({ act: fc.constant('move' as const), at: place, length, to: place }),
    fc.record({
      act: fc.constant('outside' as const),
      text: fc.array(pieces, { maxLength: 5 }).map(all => all.join('')),
    }),
    fc.record({ act: fc.constant('record' as const), text: pieces }),
    fc.constant({ act: 'save' as const }),
  ),
  { maxLength: 25 },
);

function take(file: string, text = word): void {
  const database = JournalDatabase.open(file);
  try {
    redact(database, { targets: [{ kind: 'text', text }], reason: 'law', by: 'command', software: 'test' });
    assert.ok(purge(database));
  } finally {
    database.close();
  }
}

/** All texts of a journal, and what must stay as it was. */
function told(room: Workroom, file: string, size?: number, step = 1) {
  return room.readFile(file, reader => {
    const replay = new Replay();
    const upTo = size ?? reader.size;
    const texts = [
      ...allTexts(reader.events(0, upTo), event => {
        replay.apply(event);
        return event.kind === 'changed' && event.sequence % step === 0
          ? [replay.tracker(event.session, event.tracker)?.text ?? '']
          : [];
      }),
    ];
    const { text, provenance } = replay.at('a.md')!;
    const spans = provenance.spans();
    const counted = tally(text, [...replay.origins.walk(spans)]);
    const lengths = texts.map(one => [one.length, [...one].length]);
    const roots = [reader.root(upTo), reader.root(Math.floor(upTo / 2))].map(root => Buffer.from(root).toString('hex'));
    const held = texts.filter(one => one.toLowerCase().includes(word.toLowerCase()));
    return { held, stays: { size: upTo, spans, counted, lengths, roots }, wrong: reader.verify().wrong };
  });
}

describe('laws of a redaction', () => {
  it('nowhere in any version of any text; lengths, spans, figures and tree are what they were', async () => {
    await fc.assert(
      fc.asyncProperty(acts, fc.boolean(), async (list, begins) => {
        const room = new Workroom();
        try {
          const { file } = room.consent();
          RecordedPage.play(file, begins ? `One ${word}.\n` : '', list);
          const before = told(room, file);
          take(file);
          const after = told(room, file, before.stays.size);
          assert.deepEqual(after.held, []);
          assert.deepEqual(after.stays, before.stays);
          assert.deepEqual(after.wrong, []);
        } finally {
          await room.clear();
        }
      }),
      { numRuns: Number(process.env.HOLOGRAPH_REDACTIONS ?? 8) },
    );
  });

  it('holds over sealed segments too, which keep the salts that are left', async () => {
    const room = new Workroom();
    try {
      const { file } = room.consent();
      const typing = (text: string): PageAct => ({ act: 'letters', at: 999, text });
      RecordedPage.play(file, '', [typing(`${word} `), typing('x '.repeat(2200)), typing(`${word}!`)]);
      const before = told(room, file, undefined, 100);
      assert.ok(before.stays.size > 4096 && placesOf(word, room.home).length > 0);
      take(file);
      const after = told(room, file, before.stays.size, 100);
      assert.deepEqual([after.held, after.wrong, placesOf(word, room.home)], [[], [], []]);
      assert.deepEqual(after.stays, before.stays);
    } finally {
      await room.clear();
    }
  });
});

describe('a passage that is taken out', () => {
  it('goes from the agents’ records of it too, also where it was changed since; what only shares a word stays', async () => {
    const room = new Workroom();
    try {
      const { file } = room.consent();
      const written = 'The quick brown fox jumps over a lazy dog.';
      RecordedPage.play(file, 'Begin. \n', [
        { act: 'record', text: `Before. ${written} After.` },
        { act: 'record', text: 'A lazy afternoon, and a brown bear.' },
        { act: 'type', at: 800, text: written },
        { act: 'erase', at: 334, length: 6 },
        { act: 'save' },
      ]);
      const left = written.replace('brown ', '');
      const at = room.readFile(file, reader => reader.replay().at('a.md')!.text.indexOf(left));
      assert.ok(at >= 0);
      const database = JournalDatabase.open(file);
      // In the middle of words: they go whole.
      const passage = { kind: 'passage', path: 'a.md', from: at + 6, to: at + left.length - 2 } as const;
      redact(database, { targets: [passage], reason: '', by: 'person', software: 'test' });
      database.close();
      const texts = room.readFile(file, reader => [...allTexts(reader.events(), () => [])]);
      assert.deepEqual(
        texts.filter(text => /quick|fox|jumps|dog|brown f/.test(text)),
        [],
      );
      assert.ok(texts.includes('A lazy afternoon, and a brown bear.'));
      assert.ok(
        texts.some(text => text === 'The ▮▮▮▮▮ ▮▮▮▮▮ ▮▮▮ ▮▮▮▮▮ ▮▮▮▮ ▮ ▮▮▮▮ ▮▮▮▮'),
        texts.join('|'),
      );
      assert.ok(texts.some(text => text.startsWith('Before. ') && text.endsWith('After.')));
      assert.deepEqual(
        room.readFile(file, reader => reader.verify().wrong),
        [],
      );
    } finally {
      await room.clear();
    }
  });
});

describe('a redaction that is killed', () => {
  it('has taken out all or nothing; the next start removes what is left', async function () {
    this.timeout(60_000);
    const room = new Workroom();
    try {
      const child = fileURLToPath(new URL('../../support/redactChild.ts', import.meta.url));
      const { file } = room.consent();
      RecordedPage.play(file, `One ${word}.\n`, [{ act: 'letters', at: 999, text: word }]);
      for (const [stage, wait] of [
        ['begins', 0],
        ['begins', 15],
        ['taken', 0],
      ] as const) {
        const run = spawn(process.execPath, [child, file, word], { stdio: ['ignore', 'pipe', 'inherit'] });
        const said: string[] = [];
        run.stdout.on('data', bytes => said.push(String(bytes)));
        const gone = once(run, 'exit');
        while (!said.join('').includes(stage) && run.exitCode === null) await new Promise(setImmediate);
        await new Promise(resolve => setTimeout(resolve, wait));
        run.kill('SIGKILL');
        await gone;
        const writer = await room.writer();
        await writer.close();
        const { held, wrong } = told(room, file);
        assert.deepEqual(wrong, []);
        const isTaken = room.readFile(file, reader => reader.replay().redactions.length > 0);
        if (isTaken) assert.deepEqual([held, placesOf(word, room.home)], [[], []]);
        else assert.ok(held.length > 0);
        assert.ok(isTaken || stage === 'begins');
        if (isTaken) break;
      }
      take(file);
      assert.deepEqual(placesOf(word, room.home), []);
    } finally {
      await room.clear();
    }
  });
});
