import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { appendOwnTexts, type OwnWrite } from '../../../src/journal/ownTexts.ts';
import { Desk } from '../../support/desk.ts';
import { lf, Workroom } from '../../support/workroom.ts';

const label = 'Contains parts generated with an AI system.\n';
const digest = (text: string) => hash('sha256', text, 'hex');

describe('what a command of ours writes into files', () => {
  let room: Workroom;
  let file: string;
  let desk: Desk;
  beforeEach(() => {
    room = new Workroom();
    file = room.consent().file;
    desk = new Desk(room);
    room.write('a.md', '');
    desk.open('a.md');
    desk.type('a.md', 0, 'fog\n');
    desk.save(room, 'a.md');
  });
  afterEach(() => {
    desk.leave();
    room.clear();
  });

  const put = (path: string, before: string, after: string): OwnWrite => ({
    path,
    changes: [{ from: before.length, to: before.length, insert: after.slice(before.length) }],
    format: lf,
    fileDigest: digest(after),
  });
  const write = (writes: readonly OwnWrite[], done: () => void) => appendOwnTexts(file, 'test', writes, () => [], done);
  const whole = `fog\n${label}`;
  /** How many characters of which kind follow each other. */
  const kinds = (path: string) =>
    room.read(reader => {
      const state = reader.replay();
      const runs: [kind: string, length: number][] = [];
      for (const { length, origin } of state.origins.walk(state.at(path)!.provenance.spans())) {
        const last = runs.at(-1);
        if (last?.[0] === origin.kind) last[1] += length;
        else runs.push([origin.kind, length]);
      }
      return runs;
    });
  const typed = ['typed', 4];
  const ours = ['tool.snippet', label.length];

  it('is a tool’s in the record, and what stood there stays what it was', () => {
    desk.close('a.md');
    write([put('a.md', 'fog\n', whole)], () => room.write('a.md', whole));
    assert.deepEqual(kinds('a.md'), [typed, ours]);
  });

  it('is a tool’s to a window that has the text open and reads it again', () => {
    write([put('a.md', 'fog\n', whole)], () => room.write('a.md', whole));
    desk.reload('a.md', whole);
    desk.type('a.md', whole.length, 'x');
    desk.save(room, 'a.md');
    assert.deepEqual(kinds('a.md'), [typed, ours, ['typed', 1]]);
  });

  it('is a new file of its own, known to a window that sees it', () => {
    write([put('a.md.label.json', '', '{}\n')], () => room.write('a.md.label.json', '{}\n'));
    desk.write(room, 'a.md.label.json', '{}\n');
    assert.deepEqual(kinds('a.md.label.json'), [['tool.snippet', 3]]);
  });

  it('is taken out again, and the file is gone where it was new', () => {
    write([put('b.json', '', '{}\n')], () => room.write('b.json', '{}\n'));
    write([{ path: 'b.json', gone: true }], () => room.remove('b.json'));
    assert.deepEqual(
      room.read(
        reader => reader.replay().documents.get(reader.replay().at('b.json')?.document ?? -1)?.present ?? false,
      ),
      false,
    );
  });

  it('is not in the record where the file could not be written', () => {
    const size = room.read(reader => reader.size);
    const full = () => {
      throw new Error('disk full');
    };
    assert.throws(() => write([put('a.md', 'fog\n', whole)], full), /disk full/);
    assert.equal(
      room.read(reader => reader.size),
      size,
    );
  });

  it('leaves a record that verifies', () => {
    write([put('a.md', 'fog\n', whole)], () => room.write('a.md', whole));
    assert.deepEqual(
      room.read(reader => reader.verify().wrong),
      [],
    );
  });
});
