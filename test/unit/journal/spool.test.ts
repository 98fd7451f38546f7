import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { thisProcess } from '../../../src/journal/processes.ts';
import { spooled, spoolFolder } from '../../../src/journal/spool.ts';
import { keystroke, lf, typedOrigin, Workroom } from '../../support/workroom.ts';

describe('the spool', () => {
  let room: Workroom;
  let file: string;
  beforeEach(() => {
    room = new Workroom();
    file = room.consent().file;
  });
  afterEach(() => room.clear());

  const text = () => room.read(reader => reader.replay().documents.get(1)?.left?.text.toString());
  const states = () => spooled(file).map(({ state }) => state);

  /** A session that typed `kept`, then `also` while a newer Holograph held the journal: `also` is in the spool. */
  const spoolOne = async () => {
    const writer = await room.writer();
    const request = { tracker: 1, text: '', format: lf, origin: typedOrigin, observation: { by: 'open' } } as const;
    const { document } = await writer.openDocument(request);
    const type = (version: number, from: number, word: string) =>
      writer.append(...keystroke({ document, tracker: 1, version, first: writer.serials(word.length) }, from, word));
    type(1, 0, 'kept ');
    await writer.flush();
    const newer = new Database(file);
    newer.exec('UPDATE head SET format = 2; PRAGMA user_version = 2');
    type(2, 5, 'also');
    await writer.close().catch(error => assert.equal(error.problem?.code, 'newer'));
    newer.exec('UPDATE head SET format = 1; PRAGMA user_version = 1');
    newer.close();
    while (states().length === 0) await setImmediate();
    return spooled(file)[0]!.path;
  };
  const claimedBy = (path: string, process: object) =>
    renameSync(path, `${path}.claimed-${Buffer.from(JSON.stringify(process)).toString('base64url')}`);

  it('that a killed process had claimed is taken in by the next, once', async () => {
    const path = await spoolOne();
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'close');
    claimedBy(path, { pid: child.pid, host: hostname(), began: '1' });
    assert.deepEqual(states(), ['waiting']);
    await (await room.writer()).close();
    assert.deepEqual([text(), states()], ['kept also', []]);
  });

  it('that was taken in by a process that was killed before it removed the file stands once', async () => {
    const path = await spoolOne();
    const bytes = readFileSync(path);
    const first = await room.writer();
    await first.close();
    assert.equal(text(), 'kept also');
    writeFileSync(path, bytes);
    const told: string[] = [];
    const next = await room.writer();
    next.onProblem(({ code }) => told.push(code));
    await next.flush();
    await next.close();
    assert.deepEqual([text(), told, states()], ['kept also', [], []]);
  });

  it('that another process takes in just now is left to it, and its session is not ended before', async () => {
    const path = await spoolOne();
    claimedBy(path, thisProcess());
    const next = await room.writer();
    assert.deepEqual(states(), ['claimed']);
    assert.equal(text(), undefined);
    const { path: claimed } = spooled(file)[0]!;
    renameSync(claimed, path);
    await (await room.writer()).close();
    await next.close();
    assert.deepEqual([text(), states()], ['kept also', []]);
  });

  it('of a session is taken in order: what follows a file that another process has in hand waits', async () => {
    const path = await spoolOne();
    const spooled = JSON.parse(readFileSync(path, 'utf8'));
    writeFileSync(path.replace(/-\d+-\d+-/, '-9999999999999999-000000-'), JSON.stringify({ ...spooled, messages: [] }));
    claimedBy(path, thisProcess());
    await (await room.writer()).close();
    assert.deepEqual(states(), ['claimed', 'waiting']);
  });

  it('that cannot be read is kept, told, and a gap in the journal; the start goes on', async () => {
    mkdirSync(spoolFolder(file), { recursive: true });
    writeFileSync(join(spoolFolder(file), '1-0-0.acts.json'), '{"session": 1, "ser');
    const writer = await room.writer();
    const told: string[] = [];
    writer.onProblem(({ code }) => told.push(code));
    await writer.flush();
    await writer.close();
    assert.deepEqual([told, states()], [['lost'], ['unreadable']]);
    const gap = room.read(reader => [...reader.events()].find(event => event.kind === 'gap'));
    assert.match((gap?.kind === 'gap' && gap.note) || '', /unreadable/);
    await (await room.writer()).close();
    assert.deepEqual(readdirSync(spoolFolder(file)), ['1-0-0.acts.json.unreadable']);
  });
});
