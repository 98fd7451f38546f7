import assert from 'node:assert/strict';
import fc from 'fast-check';
import { noRecords } from '../../../src/agents/agent.ts';
import type { JournalWriter } from '../../../src/journal/writer.ts';
import { Desk, evidenceOf } from '../../support/agentDesk.ts';
import { Workroom } from '../../support/workroom.ts';

const start = 'One.\nTwo.\n';
const said = 'An old man led two horses over the ridge.\n';
const written = start.replace('One.\n', `One.\n${said}`);
const line = 'What the second agent wrote.';
const at = 5;

describe('an agent that writes through the editor', () => {
  let room: Workroom;
  let writer: JournalWriter;
  let desks = 0;

  // Text that stood in one journal before is known again: each has its own.
  beforeEach(async () => {
    room = new Workroom();
    room.consent();
    writer = await room.writer();
  });
  afterEach(() => room.clear());

  const whole = { before: start, after: written };
  const part = { replaced: { old: 'One.\n', new: `One.\n${said}`, all: false } };
  const stream = ({ editor }: Desk, text = said) => {
    for (const [i, word] of text.split(/(?<= )/).entries()) {
      editor.insert(
        at +
          text
            .split(/(?<= )/)
            .slice(0, i)
            .join('').length,
        word,
      );
    }
  };
  const one = (letter: string) => 'iiiii'.concat(letter.repeat(said.length), 'iiiii');
  type Case = readonly [play: (desk: Desk) => void | Promise<void>, letters: string, rules: readonly string[]];
  const cases: Readonly<Record<string, Case>> = {
    'in one step, told afterwards': [
      async desk => {
        desk.editor.insert(at, said);
        await desk.rest();
        await desk.record(whole);
      },
      one('a'),
      ['proven agent.texts'],
    ],
    'in one step, told before': [
      async desk => {
        await desk.record(whole);
        desk.editor.insert(at, said);
      },
      one('a'),
      ['proven agent.texts'],
    ],
    'word by word': [
      async desk => {
        stream(desk);
        await desk.rest();
        await desk.record(whole);
      },
      one('a'),
      ['proven agent.texts'],
    ],
    'in the place of other text: it removed that': [
      async desk => {
        desk.editor.replace(0, 5, said);
        await desk.record({ before: start, after: `${said}Two.\n` });
      },
      `${'a'.repeat(said.length - 1)}iiiiii`,
      ['proven agent.texts'],
    ],
    'while the person types below': [
      async desk => {
        desk.editor.insert(at, said.slice(0, 20));
        desk.type('Me');
        desk.editor.insert(at + 20, said.slice(20));
        await desk.record(part);
      },
      `${one('a')}tt`,
      ['reported agent.newText'],
    ],
    'and a formatter after it puts in blanks': [
      async desk => {
        desk.editor.insert(at, 'for(i=0){run_the_first_thing(a,b)}\n');
        desk.editor.insert(at + 28, '  ');
        desk.editor.replace(at + 3, at + 4, ' (');
        await desk.record({ replaced: { old: 'Two', new: 'for(i=0){run_the_first_thing(a,b)}\nTwo', all: false } });
      },
      `iiiiiaaa?${'a'.repeat(25)}??${'a'.repeat(7)}iiiii`,
      ['reported agent.formatted'],
    ],
    'with no record at all': [desk => desk.editor.insert(at, said), one('?'), []],
    'told of ten minutes later': [
      async desk => {
        desk.editor.insert(at, said);
        await desk.rest();
        await desk.record(part, -600_000);
      },
      one('?'),
      [],
    ],
    'and the person types what its record says: that stays the person’s': [
      async desk => {
        await desk.record(whole);
        desk.type(said, at);
        await desk.record(part);
      },
      one('t'),
      [],
    ],
    'and a line break between keys, which left no sign, is the person’s': [
      async desk => {
        desk.editor.insert(at, said);
        desk.type('a');
        desk.editor.insert(desk.editor.text.length, '\n');
        const after = desk.editor.text;
        desk.type('b');
        await desk.rest();
        await desk.record({ before: start, after });
      },
      `${one('a')}ttt`,
      ['proven agent.texts'],
    ],
    'and its line break, told before the next key comes, stays its own': [
      async desk => {
        desk.editor.insert(at, said);
        desk.type('a');
        desk.editor.insert(desk.editor.text.length, '\n');
        await desk.rest();
        await desk.record({ before: start, after: desk.editor.text });
        desk.type('b');
      },
      `${one('a')}tat`,
      ['proven agent.texts'],
    ],
    'while another writes behind the editor, and the person types': [
      async desk => {
        desk.type('M');
        desk.editor.insert(at, said);
        const before = desk.editor.text;
        await desk.editor.reload(0, line);
        desk.type('e');
        await desk.rest();
        await desk.record(part);
        await desk.record({ before, after: `${line}\n${before}` });
      },
      `${'a'.repeat(line.length + 1)}${one('a')}tt`,
      ['reported agent.newText', 'proven agent.texts'],
    ],
    'and the person types a part of it, and it the rest': [
      async desk => {
        desk.type(said.slice(0, 12), at);
        desk.editor.insert(at + 12, said.slice(12));
        await desk.record(part);
      },
      `iiiii${'t'.repeat(12)}${'a'.repeat(said.length - 12)}iiiii`,
      ['reported agent.newText'],
    ],
  };

  for (const [what, [play, letters, rules]] of Object.entries(cases)) {
    it(what, async () => {
      const desk = await Desk.open(writer, ++desks, start);
      await play(desk);
      await desk.rest();
      assert.equal(await found(desk), letters);
      await writer.flush();
      const resolutions = room.read(reader => [...reader.events()]).filter(event => event.kind === 'resolution');
      const own = resolutions.filter(event => event.edits?.some(id => id.startsWith(`a:${desk.path}:`)));
      assert.deepEqual(
        own.map(({ origin }) => `${origin.basis} ${origin.rule}`),
        rules,
      );
    });
  }

  /** What the journal has of each character by now. */
  async function found({ path }: Desk): Promise<string> {
    await writer.flush();
    return room.read(reader => {
      const replay = reader.replay();
      const [tracker] = [...replay.trackers].filter(of => of.document.path === path);
      return tracker!.provenance.toString(replay.origins);
    });
  }

  it('told of in a later session', async () => {
    const desk = await Desk.open(writer, 1, start);
    desk.editor.insert(at, said);
    await desk.rest();
    desk.editor.save();
    await writer.flush();
    const time = desk.editor.time;
    await writer.close();
    const next = await room.writer();
    const kept = (await next.outsideChanges()).filter(({ stray }) => stray);
    const evidence = evidenceOf(next);
    for (const { path, stray, sequence } of kept) await evidence.remembered(path!, { ...stray!, last: sequence });
    await evidence.take({
      ...noRecords,
      edits: [{ id: 'a:c:1', agent: 'a', conversation: 'c', time, file: '1.md', ...whole }],
    });
    await next.flush();
    const letters = room.read(reader => {
      const replay = reader.replay();
      return replay.at('1.md')!.provenance.toString(replay.origins);
    });
    assert.equal(letters, one('a'));
    assert.deepEqual(
      (await next.outsideChanges()).filter(({ stray }) => stray),
      [],
    );
  });

  it('takes no letter that was typed, and is taken for none, whatever comes between', async function () {
    this.timeout(120_000);
    const act = fc.tuple(
      fc.constantFrom('type', 'agent', 'stream', 'format', 'retype', 'write', 'ghost'),
      fc.nat(),
      fc.nat(),
    );
    const play = async (acts: readonly (readonly [string, number, number])[]) => {
      const desk = await Desk.open(writer, ++desks, start);
      const { editor } = desk;
      for (const [name, a, b] of acts) {
        const place = a % (editor.text.length + 1);
        const text = `${[said, 'one two ', 'three of them came\n', 'x'][b % 4]}`;
        const record = () => {
          const before = editor.text;
          const after = before.slice(0, place) + text + before.slice(place);
          const old = before.slice(Math.max(0, place - 6), place);
          return b % 3 === 0 ? { before, after } : { replaced: { old, new: old + text, all: false } };
        };
        const told = record();
        if (b % 2 === 0 || name === 'ghost') await desk.record(told);
        if (name === 'type') editor.type([place], 'e');
        if (name === 'agent') editor.insert(place, text);
        if (name === 'retype') desk.type(text.replaceAll('\n', ' '), place);
        if (name === 'format') editor.insert(place, '  ');
        if (name === 'write') await editor.reload(place, text.trim());
        if (name === 'stream')
          for (const [i, part] of (text.match(/.{1,7}/gs) ?? []).entries()) {
            editor.insert(place + 7 * i, part);
            if (i === 1) editor.type([0], 'k');
            if (i === 1) break;
          }
        if (a % 3 === 0) await desk.rest();
        if (b % 2 === 1 && name !== 'type') await desk.record(told);
      }
      await desk.rest();
      const letters = await found(desk);
      const typed = (of: string) => of.replace(/[^t]/g, '.');
      assert.equal(typed(letters), typed(editor.letters));
    };
    await fc.assert(fc.asyncProperty(fc.array(act, { maxLength: 25 }), play), {
      numRuns: Number(process.env.HOLOGRAPH_RUNS ?? 40),
    });
  });
});
