import assert from 'node:assert/strict';
import { closeSync, openSync, readdirSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { Desk } from '../../support/desk.ts';
import { Workroom } from '../../support/workroom.ts';

const prose = (n: number) =>
  `Scene ${n}: she lit the lamp and waited by the window number ${n}, though nobody had promised to come at ${n}. ` +
  `Outside the harbour slept; only buoy ${n} at the mole rang, slowly, as if counting the ${n} boats.\n`;

describe('what is kept to be found again', () => {
  let room: Workroom;
  let file: string;
  beforeEach(() => {
    room = new Workroom();
    file = join(room.consent().file, '..', 'recall.sqlite');
  });
  afterEach(() => room.clear());

  /** Types a scene, takes it out, and leaves. */
  function leave(how: 'ends' | 'crashes', rests: boolean): void {
    const desk = new Desk(room);
    desk.open('a.md');
    desk.type('a.md', 0, prose(1));
    desk.save(room, 'a.md');
    desk.remove('a.md', prose(1));
    desk.type('a.md', 0, 'x');
    desk.save(room, 'a.md');
    if (rests) desk.rest();
    desk.leave(how);
  }

  /** What another session says of it, when it comes back. */
  function comesBack(): string {
    const desk = new Desk(room);
    desk.rest();
    desk.open('b.md');
    desk.insert('b.md', 0, prose(1));
    const letters = new Set(desk.letters('b.md'));
    desk.write(room, 'a.md', prose(1));
    letters.add(`whole ${[...new Set(desk.letters('a.md'))].join('')}`);
    desk.rest();
    desk.leave();
    return [...letters].join(', ');
  }

  for (const [name, lose] of [
    ['from one session to the next', () => leave('ends', true)],
    ['though the session ended at once', () => leave('ends', false)],
    ['though its process was ended before it was kept', () => leave('crashes', false)],
    [
      'though the file is gone: it is made anew from the events',
      () => {
        leave('ends', true);
        for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
      },
    ],
    [
      'though the file is no database any more',
      () => {
        leave('ends', true);
        const at = openSync(file, 'r+');
        writeSync(at, Buffer.alloc(statSync(file).size, 7));
        closeSync(at);
      },
    ],
  ] as const) {
    it(name, () => {
      lose();
      assert.equal(comesBack(), 't, whole t');
    });
  }

  it('gives no wrong serials where its bytes were changed', () => {
    leave('ends', true);
    const at = openSync(file, 'r+');
    for (let i = 4096; i < statSync(file).size; i += 61) writeSync(at, Buffer.from([i & 0xff]), 0, 1, i);
    closeSync(at);
    assert.match(comesBack(), /^[t?], whole [te]$/);
  });

  it('holds nothing of a transaction that was rolled back', () => {
    const desk = new Desk(room);
    desk.open('a.md');
    desk.type('a.md', 0, prose(1));
    const { journal } = desk;
    assert.throws(() =>
      journal.append(turn => {
        const stamp = { time: 1, monotonic: 1, zone: 0 };
        const first = turn.lease();
        const digests = { textDigest: '00', fileDigest: '00' };
        const format = { encoding: 'utf-8', bom: false, eol: '\n' } as const;
        const finding = { length: prose(2).length, kind: 'typed', basis: 'asserted', rule: 'keyboard' } as const;
        const body = { kind: 'baseline', document: turn.replay.nextDocument, path: 'b.md' } as const;
        turn.push(1, stamp, { ...body, format, ...digests, first, finding }, [prose(2)]);
        throw new Error('rolled back');
      }),
    );
    desk.rest();
    desk.open('c.md');
    desk.insert('c.md', 0, prose(2));
    assert.deepEqual([...new Set(desk.letters('c.md'))], ['?']);
    desk.insert('c.md', 0, prose(1));
    assert.equal(desk.letters('c.md').slice(0, 20), 't'.repeat(20));
    desk.leave();
  });

  it('is seen by the other window', () => {
    const [one, other] = [new Desk(room), new Desk(room)];
    one.open('a.md');
    one.complete('a.md', 0, prose(1));
    one.save(room, 'a.md');
    one.remove('a.md', prose(1));
    one.rest();
    other.open('b.md');
    other.insert('b.md', 0, prose(1));
    assert.deepEqual([...new Set(other.letters('b.md'))], ['a']);
    one.leave();
    other.rest();
    other.leave();
  });

  it('can be emptied: no word of it is left in any file', () => {
    const desk = new Desk(room);
    desk.open('a.md');
    desk.complete('a.md', 0, prose(1));
    desk.remove('a.md', prose(1));
    desk.rest();
    desk.journal.recall.empty();
    const names = readdirSync(join(file, '..')).filter(name => name.startsWith('recall'));
    const bytes = names.map(name => readFileSync(join(file, '..', name)));
    assert.ok(bytes.length > 0);
    assert.ok(!bytes.some(of => of.includes('lamp') || of.includes(Buffer.from('lamp', 'utf16le'))));
    desk.leave();
  });

  it('gives back nothing but equal text, whatever is typed, moved, written and closed', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.tuple(fc.constantFrom('type', 'complete', 'move', 'write', 'close', 'rest'), fc.nat(3), fc.nat(3)),
          {
            minLength: 5,
            maxLength: 25,
          },
        ),
        async steps => {
          const own = new Workroom();
          own.consent();
          const desk = new Desk(own);
          /** Serial → the character that it was given for. */
          const characters = new Map<number, string>();
          const open = new Set<string>();
          const look = (path: string, text: string) => {
            for (const [i, serial] of desk.serials(path).entries()) {
              const known = characters.get(serial);
              if (known === undefined) characters.set(serial, text[i]!);
              else assert.equal(text[i], known, `${path} ${i}`);
            }
          };
          const files = ['a.md', 'b.md', 'c.md', 'd.md'];
          for (const [name, a, b] of steps) {
            const [path, part] = [files[a]!, prose(b)];
            if (name === 'rest') desk.rest();
            else if (name === 'write' && !open.has(path)) {
              const text = `${part}${prose((b + 1) % 4).slice(0, 20 * (a + 1))}\n`;
              desk.write(own, path, text);
              look(path, text);
            } else if (name === 'close' && open.delete(path)) {
              desk.save(own, path);
              desk.close(path);
            } else if (name === 'type' || name === 'complete' || name === 'move') {
              if (!open.has(path)) desk.open(path, desk.replay.at(path)?.text ?? '');
              open.add(path);
              if (name === 'type') desk.type(path, 0, part.slice(0, 60));
              else if (name === 'complete') desk.complete(path, 0, part);
              else {
                if (desk.text(path).includes(part)) desk.remove(path, part);
                desk.insert(path, desk.text(path).length, part);
              }
              look(path, desk.text(path));
            }
          }
          desk.rest();
          desk.leave();
          await own.clear();
        },
      ),
      { numRuns: 15 },
    ));
});
