import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AgentSilences, withStops } from '../../../../src/agentSilences.ts';
import { everyTool, Silences } from '../../../../src/agents/following/silences.ts';
import { cleanFolders, folder } from '../transcript.ts';

describe('when tools were switched off', () => {
  let file: string;
  let now: number;
  const open = () =>
    new AgentSilences(
      file,
      error => assert.fail(String(error)),
      () => now,
    );
  beforeEach(() => {
    file = join(folder(), 'journal', 'silences.json');
    now = 10;
  });
  after(cleanFolders);

  it('is known to the millisecond, in later sessions too, until a session finds it on', () => {
    const first = open();
    first.set([]);
    assert.ok(!existsSync(file));
    first.set(['aider']);
    now = 20;
    first.set(['aider', 'codex']);
    now = 30;
    const second = open();
    second.set(['codex']);
    assert.deepEqual(second.all, [
      { agent: 'aider', from: 10, to: 30 },
      { agent: 'codex', from: 20 },
    ]);
    const silences = new Silences(second.all, 0);
    const heard = (agent: string) =>
      [9, 10, 20, 29, 30, 1e15].map(time => Number(silences.heard(agent, time))).join('');
    assert.deepEqual([heard('aider'), heard('codex'), heard('pi')], ['100011', '110000', '111111']);
    assert.deepEqual([silences.since('aider'), silences.since('pi')], [30, 0]);
  });

  it('is what two windows say of it', () => {
    const [one, other] = [open(), open()];
    one.set(['aider']);
    now = 12;
    other.set(['aider']);
    now = 20;
    one.set([]);
    now = 22;
    other.set([]);
    assert.deepEqual(other.all, [{ agent: 'aider', from: 10, to: 20 }]);
  });

  it('a pause that no window saw is one, and one that a window saw is not two', () => {
    const known = [{ agent: everyTool, from: 10, to: 20 }];
    const stops = [
      { from: 9, to: 21 },
      { from: 30, to: 40 },
    ];
    assert.deepEqual(withStops(known, stops), [...known, { agent: everyTool, from: 30, to: 40 }]);
  });

  it('a pause silences all that tells no times, and says of no moment that a tool was off', () => {
    const silences = new Silences([{ agent: everyTool, from: 10, to: 20 }], 5);
    assert.deepEqual([silences.since('aider'), silences.heard('aider', 15)], [20, true]);
  });

  it('holds for the session where the file is damaged', () => {
    const one = open();
    one.set(['aider']);
    for (const broken of ['', '{', '[]', '{"silences":[{"agent":1,"from":2},{"agent":"a","from":"b"}]}']) {
      writeFileSync(file, broken);
      now++;
      one.set(['aider']);
      assert.equal(one.all.filter(({ agent }) => agent === 'aider').length, 1, broken);
    }
    assert.match(readFileSync(file, 'utf8'), /aider/);
  });
});
