import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { verifyJournal } from '../../../src/evidence/verifyJournal.ts';
import { Desk } from '../../support/desk.ts';
import { missingForPython, verifyOnce } from '../../support/pythonVerifier.ts';
import { Workroom } from '../../support/workroom.ts';

const said = 'The keeper wound the clock every evening at six, and the harbour set its watches by him.';
const other = 'Nothing of this sentence was ever said by any machine at all, nor will it be.';
const typedSoFar = 'She lit the lamp and waited by the window';

describe('text that an AI gave and that came another way', () => {
  let room: Workroom;
  let desk: Desk;
  beforeEach(() => {
    room = new Workroom();
    room.consent();
    desk = new Desk(room);
    desk.open('a.md');
  });
  afterEach(async () => {
    desk.rest();
    desk.leave();
    await room.clear();
  });

  const prompt = (asked = 'Write me a sentence.') =>
    desk.record({ kind: 'prompt', id: 'c:1:p', agent: 'c', conversation: '1', asked: desk.now, by: 'record' }, [asked]);
  const answer = (text: string, ago = 0, id = 'c:1:m') =>
    desk.record({ kind: 'answer', id, agent: 'c', conversation: '1', answered: desk.now - ago, prompt: 'c:1:p' }, [
      text,
    ]);
  const again = (how: 'ends' | 'crashes' = 'ends') => {
    if (how === 'ends') desk.close('a.md');
    desk.leave(how);
    desk = new Desk(room);
  };
  /** One letter a word-like run: letters of a text, runs of equal ones cut to one. */
  const letters = (text: string) => {
    const at = desk.text('a.md').indexOf(text);
    assert.ok(at >= 0, text);
    return [...new Set(desk.letters('a.md').slice(at, at + text.length))].join('');
  };
  const origins = () => [
    ...new Set(
      [...desk.replay.origins.walk(desk.spans('a.md'))].map(({ origin: { kind, basis, rule, prompt: of } }) =>
        `${kind} ${basis} ${rule} ${of ?? ''}`.trim(),
      ),
    ),
  ];
  const repeated = () =>
    desk.replay.repeats.flatMap(({ ranges, of }) => ranges.map(({ length }) => `${length} of ${of}`));

  it('is ai.pasted, with its prompt, where it was pasted after the answer was recorded', () => {
    prompt();
    answer(`Here is one:\n\n> ${said}\n`);
    desk.rest();
    desk.paste('a.md', 0, said);
    desk.rest();
    assert.deepEqual(origins(), ['ai.pasted reported output.answer c:1:p']);
    assert.deepEqual(
      desk.echoed.map(found => found.kind),
      ['resolved'],
    );
  });

  it('is found in a step that the worker aligned, too', () => {
    prompt();
    answer(said);
    desk.insert('a.md', 0, said, 'outside');
    desk.rest();
    assert.deepEqual(origins(), ['ai.pasted reported output.answer c:1:p']);
  });

  it('is found where the answer is recorded after the paste, in this session or a later one', () => {
    desk.paste('a.md', 0, `${said}\n`);
    desk.rest();
    assert.equal(letters(said), 'p');
    prompt();
    answer(said, 60_000);
    desk.rest();
    assert.equal(letters(said), 'a');
  });

  for (const how of ['ends', 'crashes'] as const)
    it(`is found when the session ${how} between paste and answer, and between answer and paste`, () => {
      desk.paste('a.md', 0, said);
      desk.save(room, 'a.md');
      again(how);
      desk.open('a.md', said);
      prompt();
      answer(`${said} ${other}`, 60_000);
      again(how);
      desk.open('a.md', said);
      desk.paste('a.md', 0, `${other}\n`);
      desk.rest();
      assert.equal(letters(said), 'a');
      assert.equal(letters(other), 'a');
    });

  it('is found though the process was ended before it was looked for', () => {
    prompt();
    answer(said);
    desk.paste('a.md', 0, said);
    desk.save(room, 'a.md');
    again('crashes');
    desk.open('a.md', said);
    desk.rest();
    assert.equal(letters(said), 'a');
  });

  it('is found as it is copied from a page: without Markdown’s signs, wrapped and quoted otherwise', () => {
    prompt();
    answer('## Answer\n\n- **The keeper** said: "I *wind* the clock every evening at six", and went home - slowly.\n');
    desk.paste('a.md', 0, '• The keeper said: “I wind the clock\n  every evening at six”, and went home – slowly.');
    desk.rest();
    assert.match(desk.letters('a.md'), /^pp?a+$/);
  });

  it('is no more than the runs of words that are alike', () => {
    prompt();
    answer(said);
    const [head, tail] = [said.slice(0, 47), said.slice(47)];
    desk.paste('a.md', 0, `${head} sharp, as I saw it${tail} And more of my own that nobody gave.`);
    desk.rest();
    assert.equal(letters(head), 'a');
    assert.equal(letters(' sharp, as I saw'), 'p');
    assert.equal(letters('harbour set its watches by him'), 'a');
    assert.equal(letters('And more of my own that nobody gave.'), 'p');
  });

  const stays = 'stays what it is: ';
  it(`${stays}too short, another text, or what was pasted before it was said`, () => {
    prompt();
    answer(said);
    for (const text of [said.slice(0, 20), other]) desk.paste('a.md', 0, `${text}\n`);
    desk.rest();
    assert.match(desk.letters('a.md'), /^p+$/);
    desk.paste('a.md', 0, `${other} ${other.toUpperCase()}\n`);
    answer(other.toUpperCase(), -60_000, 'c:1:later');
    desk.rest();
    assert.match(desk.letters('a.md'), /^p+$/);
  });

  it(`${stays}what the person had asked in the same words, and what stood there as the person’s`, () => {
    desk.type('a.md', 0, typedSoFar);
    const earlier = { kind: 'prompt', id: 'c:1:o', agent: 'c', conversation: '1', by: 'record' } as const;
    desk.record({ ...earlier, asked: desk.now }, [`What do you think of "${other}"?`]);
    prompt('Say it again.');
    desk.later = 500;
    answer(`I like "${other}", and "${typedSoFar}".`);
    desk.later = 1000;
    desk.open('b.md');
    desk.paste('b.md', 0, `${other} / ${typedSoFar}`);
    desk.save(room, 'a.md');
    desk.rest();
    assert.match(desk.letters('b.md'), /^p+$/);
    assert.deepEqual(repeated(), []);
  });

  it(`${stays}typed text never changes; it is marked, once, where it says the same after the answer`, () => {
    prompt();
    desk.type('a.md', 0, `${other} `);
    desk.later = 1000;
    answer(`${said} ${other}`);
    desk.rest();
    desk.later = 2000;
    desk.type('a.md', other.length + 1, said);
    desk.rest();
    assert.deepEqual(repeated(), []);
    for (let i = 0; i < 2; i++) {
      desk.save(room, 'a.md');
      desk.rest();
    }
    assert.match(desk.letters('a.md'), /^t+$/);
    assert.equal(desk.replay.repeats.length, 1);
    assert.deepEqual(repeated().length, 1);
    again();
    desk.open('a.md', `${other} ${said}`);
    desk.save(room, 'a.md');
    desk.rest();
    assert.equal(desk.replay.repeats.length, 1);
  });

  it('is marked where the answer is recorded after it was typed', () => {
    desk.later = 60_000;
    desk.type('a.md', 0, said);
    prompt();
    answer(said, 50_000);
    desk.rest();
    assert.deepEqual(repeated(), [`${said.length} of c:1:m`]);
    assert.match(desk.letters('a.md'), /^t+$/);
  });

  it('is told to the window in which it stands, whichever finds it', () => {
    prompt();
    desk.open('b.md');
    const there = new Desk(room);
    there.open('c.md');
    there.paste('c.md', 0, said);
    there.type('c.md', 0, `${other} `);
    answer(said);
    desk.rest();
    there.journal.takeIn();
    there.rest();
    const told = there.echoed.map(found => found.kind === 'resolved' && found.origin.kind);
    assert.deepEqual(told, ['ai.pasted']);
    there.leave();
  });

  it('stands in the journal in a way that both verifiers know', function () {
    const missing = missingForPython();
    if (missing !== undefined) this.skip();
    prompt();
    answer(said);
    desk.rest();
    desk.type('a.md', 0, `${said}\n`);
    desk.paste('a.md', 0, said);
    desk.save(room, 'a.md');
    desk.rest();
    const { file } = desk.journal.database;
    assert.deepEqual([desk.replay.repeats.length, letters(said)], [1, 'a']);
    const { consistent, wrong } = verifyOnce(file);
    assert.deepEqual({ consistent, wrong }, { consistent: true, wrong: [] });
    assert.deepEqual(verifyJournal(file, {}).wrong, []);
  });

  it('leaves nothing in the index when that is emptied, and is looked for in the events as they stand then', () => {
    prompt();
    answer(said);
    desk.rest();
    desk.journal.recall.empty();
    const at = join(desk.journal.database.file, '..');
    const files = readdirSync(at).filter(name => name.startsWith('recall'));
    for (const name of files) assert.equal(readFileSync(join(at, name)).includes('harbour'), false, name);
    desk.rest();
    desk.paste('a.md', 0, said);
    desk.rest();
    assert.equal(letters(said), 'a');
  });

  it('is found in what an edit put in that was rejected, and not in what it found there', () => {
    prompt();
    const edit = { kind: 'agentEdit', agent: 'c', conversation: '1', path: 'b.md', prompt: 'c:1:p' } as const;
    desk.record({ ...edit, id: 'c:1:e', made: desk.now, gives: 'replaced' }, [`${other}\n`, `${other}\n${said}\n`]);
    desk.record({ ...edit, id: 'c:1:f', made: desk.now, gives: 'after', brings: [[0, 41]] }, [typedSoFar + other]);
    desk.record({ ...edit, id: 'c:1:g', made: desk.now, gives: 'after' }, [other]);
    desk.paste('a.md', 0, `${said}\n${other}\n${typedSoFar}\n`);
    desk.rest();
    assert.deepEqual([said, other, typedSoFar].map(letters), ['a', 'p', 'a']);
    const [last] = [...desk.replay.origins.walk(desk.spans('a.md'))];
    assert.equal(last?.origin.rule, 'output.edit');
  });
});
