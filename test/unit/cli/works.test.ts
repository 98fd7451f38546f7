import assert from 'node:assert/strict';
import { appendFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { StatusDocument } from '../../../src/cli/status.ts';
import type { Report } from '../../../src/evidence/report.ts';
import type { SpansDocument } from '../../../src/evidence/spans.ts';
import type { Verification } from '../../../src/evidence/verification.ts';
import { Catalogue, type Consented } from '../../../src/journal/catalogue.ts';
import { leftHead } from '../../../src/journal/leftHead.ts';
import { JournalWriter } from '../../../src/journal/writer.ts';
import { disk, initial, keystroke, lf, workerScript } from '../../support/workroom.ts';
import { Recorded } from './recorded.ts';

describe('several journals of one work', () => {
  let novel: Recorded;
  beforeEach(async () => {
    novel = await Recorded.novel();
  });
  afterEach(() => novel.remove());

  function catalogue<T>(use: (catalogue: Catalogue) => T, home = novel.home): T {
    const opened = Catalogue.open(home);
    try {
      return use(opened);
    } finally {
      opened.close();
    }
  }
  const own = () => catalogue(all => all.find(novel.folder)!);
  const report = async (...argv: string[]) => {
    const { out, err, code } = await novel.run('report', ...argv, '--json');
    return { code, err, report: code === 0 ? (JSON.parse(out) as Report) : undefined };
  };

  /** The same work in a folder with this name, in this data folder or another machine's: `text` is typed into `path`. */
  async function elsewhere(name: string, path: string, text: string, home = novel.home): Promise<Consented> {
    const folder = novel.path('..', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, path), '');
    const { work } = own();
    const consented = catalogue(all => all.consent(folder, { by: 'person', software: 'test', work }), home);
    const about = { software: 'test', editor: 'mocha', platform: 'here', channels: [], unreachable: [] };
    const writer = await JournalWriter.open({ worker: workerScript, home, folder, ...about });
    const observation = { by: 'open' } as const;
    const asked = { tracker: 1, path, text: '', format: lf, origin: initial, observation } as const;
    const { document, version } = await writer.openDocument(asked);
    const first = writer.serials(text.length);
    writer.append(...keystroke({ document, tracker: 1, version: version + 1, first }, 0, text));
    writeFileSync(join(folder, path), text);
    writer.append({ kind: 'saved', document, tracker: 1, format: lf, textDigest: '', fileDigest: '' });
    await writer.close();
    return consented;
  }

  it('are read as one by the report: those of another folder, and another machine’s that is named', async () => {
    const alone = (await report()).report!;
    await elsewhere('Copy', 'ch3.md', 'Typed in the copy.');
    const other = await elsewhere('Laptop', 'ch4.md', 'Typed on the laptop.', novel.path('..', 'laptop'));
    const { report: two } = await report();
    assert.deepEqual(
      two?.files.map(({ path }) => path),
      ['ch1.md', 'ch2.md', 'ch3.md'],
    );
    const { report: all, err } = await report('--with', other.file);
    assert.equal(err, '');
    assert.deepEqual(
      all?.files.map(({ path }) => path),
      ['ch1.md', 'ch2.md', 'ch3.md', 'ch4.md'],
    );
    assert.equal(all?.integrity.at(-1)?.journal, alone.integrity[0]?.journal, 'its own last');
    assert.deepEqual(all?.integrity.length, 3);
    const added = 'Typed in the copy.'.length + 'Typed on the laptop.'.length;
    assert.equal(all!.totals.characters, alone.totals.characters + added);
  });

  it('tell of a text that both have by the one that saw it come', async () => {
    const text = 'Typed on the laptop, on a train.';
    const other = await elsewhere('Laptop', 'ch5.md', text, novel.path('..', 'laptop'));
    writeFileSync(novel.path('ch5.md'), text);
    const about = { software: 'test', editor: 'mocha', platform: 'here', channels: [], unreachable: [] };
    const writer = await JournalWriter.open({ worker: workerScript, home: novel.home, folder: novel.folder, ...about });
    await writer.outside('ch5.md', { by: 'watcher' }, disk);
    await writer.close();
    const kinds = async (...argv: string[]) => {
      const { files } = (await report('ch5.md', ...argv)).report!;
      return files.map(({ spans }) => spans.map(({ kind, from, to }) => `${kind} ${to - from}`).join());
    };
    assert.deepEqual(await kinds(), ['external.disk 32']);
    assert.deepEqual(await kinds('--with', other.file), ['typed 32']);
    const { unobserved } = (await report('--with', other.file)).report!;
    assert.deepEqual(unobserved.superseded, [{ journal: own().journal, path: 'ch5.md' }]);
    appendFileSync(novel.path('ch5.md'), ' More.');
    const again = await JournalWriter.open({ worker: workerScript, home: novel.home, folder: novel.folder, ...about });
    await again.outside('ch5.md', { by: 'watcher' }, disk);
    await again.close();
    assert.deepEqual(await kinds('--with', other.file), ['external.disk 38']);
  });

  it('tell of a file where the folder’s own has another text: the one that has it as it stands', async () => {
    await elsewhere('Copy', 'ch1.md', 'Written anew, elsewhere.');
    writeFileSync(novel.path('ch1.md'), 'Written anew, elsewhere.');
    const { current, tally } = await novel.json<SpansDocument>('spans', 'ch1.md');
    assert.deepEqual([current, tally.hands], [true, { human: 24 }]);
    writeFileSync(novel.path('ch1.md'), 'Nobody recorded this.');
    assert.equal((await novel.json<SpansDocument>('spans', 'ch1.md')).current, false);
  });

  it('are not a journal of another work, nor a second copy, nor one that is damaged', async () => {
    const stranger = await Recorded.novel();
    const strange = (await stranger.json<{ journals: { journal: string }[] }>('status')).journals[0]!.journal;
    const foreign = await report('--with', join(stranger.home, 'journals', strange));
    assert.deepEqual([foreign.code, /is a journal of another work/.test(foreign.err)], [2, true]);
    stranger.remove();
    const copy = novel.path('..', 'copy.sqlite');
    cpSync(own().file, copy);
    assert.match((await report('--with', copy)).err, /is another copy of a journal that is read already/);
    const other = await elsewhere('Laptop', 'ch4.md', 'Typed on the laptop.', novel.path('..', 'laptop'));
    const bytes = readFileSync(other.file);
    const at = bytes.indexOf('"kind":"session"');
    for (const name of [other.file, `${other.file}-wal`, `${other.file}-shm`]) rmSync(name, { force: true });
    if (at > 0) bytes[at + 9]! ^= 1;
    writeFileSync(other.file, at > 0 ? bytes : bytes.fill(7, 5000));
    assert.match((await report('--with', other.file)).err, /is no journal, or is damaged/);
    assert.match((await report('--with', 'nothing.sqlite')).err, /There is no \S+nothing\.sqlite\./);
  });

  it('are named beside each other in the status', async () => {
    const { journal } = await elsewhere('Copy', 'ch3.md', 'Typed in the copy.');
    const { journals } = await novel.json<StatusDocument>('status');
    assert.deepEqual(
      journals.map(one => one.others),
      journals.map(one => [one.journal === journal ? own().journal : journal]),
    );
    assert.match((await novel.run('status')).out, new RegExp(`Also of this work +${journal}`));
  });

  it('are named when a package holds one of them', async () => {
    const { journal } = await elsewhere('Copy', 'ch3.md', 'Typed in the copy.');
    const { code, err } = await novel.run('export', '--out', 'x.zip');
    assert.equal(code, 0);
    assert.match(err, new RegExp(`also the journals ${journal}`));
  });

  it('a follower says whether the damaged one at hand is the one that it names', async () => {
    const before = own();
    const next = catalogue(all => all.setAside(before.journal, leftHead(before.file), 'test'));
    const said = async () => {
      const { notChecked } = JSON.parse((await novel.run('verify', next.journal, '--json')).out) as Verification;
      return notChecked.filter(({ why }) => why.startsWith('earlier')).map(({ why, detail }) => [why, detail]);
    };
    assert.deepEqual(await said(), [['earlierHere', before.journal]]);
    const { report: both } = await report();
    assert.deepEqual(
      both?.integrity.map(({ journal }) => journal),
      [before.journal, next.journal],
    );
    writeFileSync(before.file, Buffer.alloc(9000, 7));
    for (const end of ['-wal', '-shm']) rmSync(before.file + end, { force: true });
    assert.deepEqual(
      (await said()).map(([why]) => why),
      ['earlierJournal'],
    );
    const { report: one, err } = await report();
    assert.deepEqual(
      one?.integrity.map(({ journal }) => journal),
      [next.journal],
    );
    assert.match(err, new RegExp(`${before.journal} of the same work is damaged`));
  });
});
