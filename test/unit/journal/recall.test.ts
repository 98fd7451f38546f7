import assert from 'node:assert/strict';
import { Desk } from '../../support/desk.ts';
import { Workroom } from '../../support/workroom.ts';

const scene =
  'She lit the lamp and waited by the window, though nobody had promised to come.\n' +
  'Outside the harbour slept; only the buoy at the mole rang, slowly, as if counting.\n';
const line = 'He put the letter back into the drawer and locked it.';

describe('text that returns', () => {
  let room: Workroom;
  let desk: Desk;
  beforeEach(() => {
    room = new Workroom();
    room.consent();
    desk = new Desk(room);
  });
  afterEach(async () => {
    desk.rest();
    desk.leave();
    await room.clear();
  });

  /** A letter for every character of a line: what stands there must be all of one sort. */
  const sort = (path: string, part: string) => {
    const text = desk.replay.at(path)?.text ?? '';
    const own = desk.letters(path);
    const whole = own.length === text.length ? text : desk.text(path);
    const at = whole.indexOf(part);
    assert.ok(at >= 0, `${part} is not in ${path}`);
    return [...new Set(own.slice(at, at + part.length))].join('');
  };

  it('is what it was when a branch returns, to the letter', () => {
    room.write('a.md', '');
    desk.open('a.md');
    desk.type('a.md', 0, 'one two three');
    desk.complete('a.md', 13, ' four five six');
    desk.save(room, 'a.md');
    desk.close('a.md');
    const before = desk.serials('a.md');
    for (let i = 0; i < 3; i++) {
      desk.write(room, 'a.md', 'one 2 three four 5 six');
      desk.write(room, 'a.md', 'one two three four five six');
      assert.deepEqual(desk.serials('a.md'), before);
    }
    assert.equal(desk.letters('a.md'), `${'t'.repeat(13)}${'a'.repeat(14)}`);
  });

  it('is found when it was cut in one file and another program put it into another', () => {
    desk.open('a.md');
    desk.type('a.md', 0, `One.\n${scene}Three.\n`);
    desk.save(room, 'a.md');
    desk.remove('a.md', scene);
    desk.save(room, 'a.md');
    desk.write(room, 'b.md', 'Scene six.\nScene seven.\n');
    desk.write(room, 'b.md', `Scene six.\nScene seven.\n${scene}`);
    assert.equal(sort('b.md', scene), 't');
    assert.equal(sort('b.md', 'seven'), 'e');
  });

  it('is found in a file that another program made of parts of others', () => {
    desk.open('a.md');
    desk.type('a.md', 0, `One.\n${scene}Three.\n`);
    desk.save(room, 'a.md');
    desk.close('a.md');
    desk.write(room, 'b.md', `A head of its own\n${scene}`);
    desk.write(room, 'c.md', `Another head of its own\n`);
    assert.equal(sort('b.md', scene), 't');
    assert.equal(sort('b.md', 'A head of its own'), 'e');
    assert.equal(sort('c.md', 'Another head of its own'), 'e');
    // Split: what was one file is two.
    desk.write(room, 'a.md', 'One.\n');
    desk.write(room, 'd.md', `${scene}Three.\n`);
    assert.equal(sort('d.md', scene), 't');
  });

  it('is found in another window, by the copy’s token', () => {
    desk.open('a.md');
    desk.type('a.md', 0, line);
    const other = new Desk(room);
    other.open('b.md');
    assert.equal(other.insert('b.md', 0, line, 'tracked'), 'paste');
    assert.equal(other.letters('b.md'), 't'.repeat(line.length));
    other.leave();
  });

  it('stays pasted when pasted text is moved', () => {
    desk.open('a.md');
    desk.insert('a.md', 0, line, 'outside');
    desk.remove('a.md', line);
    assert.equal(desk.insert('a.md', 0, line), 'move');
    assert.equal(desk.letters('a.md'), 'p'.repeat(line.length));
  });

  it('stays a machine’s when a machine’s text is moved, and where the same words were typed too', () => {
    desk.open('a.md');
    desk.complete('a.md', 0, scene);
    desk.open('b.md');
    desk.type('b.md', 0, scene);
    desk.remove('a.md', scene);
    desk.insert('a.md', 0, scene);
    assert.equal(desk.letters('a.md'), 'a'.repeat(scene.length));
  });

  it('inherits nothing where it is shorter than 24 units, or one of many alike', () => {
    const common = 'import { something } from "somewhere";\n';
    desk.open('a.md');
    desk.type('a.md', 0, `A few words. ${common.repeat(40)}`);
    desk.open('b.md');
    desk.insert('b.md', 0, 'A few words.');
    desk.insert('b.md', 12, common);
    desk.write(room, 'c.md', common.repeat(3));
    assert.match(desk.letters('b.md'), /^\?+$/);
    assert.match(desk.letters('c.md'), /^e+$/);
  });

  it('is not typed where a person typed a line like a machine’s, or a machine one like a person’s', () => {
    const line = 'export default function Home({ title, children }: Properties) {\n  return (\n';
    desk.open('a.ts');
    desk.type('a.ts', 0, line);
    desk.write(room, 'b.ts', line);
    desk.open('c.ts');
    desk.insert('c.ts', 0, line, 'outside');
    desk.remove('a.ts', line);
    desk.complete('a.ts', 0, line);
    desk.write(room, 'd.ts', line);
    assert.match(desk.letters('b.ts'), /^e+$/);
    assert.match(desk.letters('c.ts'), /^p+$/);
    assert.doesNotMatch(desk.letters('d.ts'), /t/);
  });

  it('keeps of a paste what is known of it, where the same words are only unknown', () => {
    desk.write(room, 'a.md', scene);
    desk.open('b.md');
    desk.insert('b.md', 0, scene, 'outside');
    assert.match(desk.letters('b.md'), /^p+$/);
  });

  it('was moved where it was taken away just before, and copied where it still stands or went long ago', () => {
    desk.open('a.md');
    desk.type('a.md', 0, scene);
    assert.equal(desk.insert('a.md', scene.length, scene), 'paste');
    desk.remove('a.md', scene);
    desk.remove('a.md', scene);
    assert.equal(desk.insert('a.md', 0, scene), 'move');
    desk.remove('a.md', scene);
    desk.later = 3_600_000;
    assert.equal(desk.insert('a.md', 0, scene), 'paste');
    assert.match(desk.letters('a.md'), /^t+$/);
  });
});
