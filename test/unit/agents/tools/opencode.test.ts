import assert from 'node:assert/strict';
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import type { AgentRecords } from '../../../../src/agents/agent.ts';
import { AgentWatch } from '../../../../src/agents/following/watch.ts';
import { opencode } from '../../../../src/agents/tools/opencode.ts';
import { cleanFolders, folder } from '../transcript.ts';
import { OpencodeStore } from './opencodeStore.ts';

const samples = new URL('../../../../../shared/fixtures/agents/git-ai/', import.meta.url);

/** Prompts, edits, answers, decisions and problems in one line. */
function picture({ prompts, answers, edits, decisions, problems }: AgentRecords): string {
  const nth = (id = '') => id.slice(id.lastIndexOf(':') + 1);
  return [
    ...prompts.map(({ id, text, model }) => `${nth(id)} ${JSON.stringify(text)}@${model}`),
    ...edits.map(({ file, before, after, replaced, prompt }) => {
      const texts = after === undefined ? `${replaced?.old}>${replaced?.new}` : `${before}=>${after}`;
      return `${file} ${texts} of ${nth(prompt)}`;
    }),
    ...answers.map(({ text, prompt }) => `${nth(prompt)}: ${text}`),
    ...decisions.map(({ edit, outcome }) => `${outcome} ${nth(edit)}`),
    ...problems.map(({ message }) => `!${message}`),
  ].join('; ');
}

describe('opencode', () => {
  after(cleanFolders);

  describe('its database', () => {
    let store: OpencodeStore;
    let read: () => Promise<string>;
    beforeEach(() => {
      store = new OpencodeStore(join(folder(), 'opencode.db'));
      const reader = opencode.reader(store.file);
      read = async () => picture(await reader.read());
    });
    afterEach(() => store.close());

    it('gives a prompt with its model, an answer, and an edit of both texts', async () => {
      store.user('m1', 'Shorten it').assistant('m2', 'm1').says('m2', 'Done.');
      store.tool(
        'm2',
        'edit',
        { filePath: '/w/a.md', oldString: 'x', newString: 'y' },
        { filediff: { before: 'ax', after: 'ay' } },
      );
      assert.equal(await read(), 'm1 "Shorten it"@openai/gpt-5; /w/a.md ax=>ay of m1; m1: Done.');
      assert.equal(await read(), '');
    });

    const calls: readonly (readonly [string, string, object, object, string])[] = [
      ['a replacement', 'edit', { filePath: 'a.md', oldString: 'x', newString: 'y' }, {}, '/w/a.md x>y of m1'],
      ['a new file', 'write', { filePath: '/w/a.md', content: 'x' }, { exists: false }, '/w/a.md null=>x of m1'],
      [
        'a file written over',
        'write',
        { filePath: '/w/a.md', content: 'x' },
        { exists: true },
        '/w/a.md undefined=>x of m1',
      ],
      [
        'a patch',
        'apply_patch',
        { patchText: '*** Begin Patch\n*** Update File: a.md\n@@\n-x\n+y\n*** End Patch' },
        {},
        '/w/a.md x\n>y\n of m1',
      ],
      [
        'a patch with both texts',
        'apply_patch',
        { patchText: '' },
        { files: [{ filePath: '/w/a.md', type: 'update', before: 'x', after: 'y' }] },
        '/w/a.md x=>y of m1',
      ],
      ['nothing of a tool that reads', 'read', { filePath: '/w/a.md' }, {}, ''],
    ];
    for (const [what, tool, input, metadata, is] of calls) {
      it(`takes ${what}`, async () => {
        store.user('m1', '').assistant('m2', 'm1').tool('m2', tool, input, metadata);
        assert.equal(await read(), is);
      });
    }

    it('leaves out failed calls and what opencode put in itself', async () => {
      store.user('m1', 'A', { synthetic: true }).assistant('m2', 'm1');
      store.tool('m2', 'edit', { filePath: '/w/a.md', oldString: 'x', newString: 'y' }, {}, 'error');
      assert.equal(await read(), '');
    });

    it('looks again at what was not finished, though its row is an old one', async () => {
      store.user('m1', 'A').assistant('m2', 'm1');
      const part = store.tool('m2', 'write', { filePath: '/w/a.md', content: 'x' }, {}, 'running');
      assert.equal(await read(), 'm1 "A"@openai/gpt-5');
      store.user('m3', 'B');
      assert.equal(await read(), 'm3 "B"@openai/gpt-5');
      store.finish(part);
      assert.equal(await read(), '/w/a.md undefined=>x of m1');
    });

    it('finds its place when rows were deleted and their numbers given again', async () => {
      store.user('m1', 'A').user('m2', 'B');
      await read();
      store.forget('m2').user('m3', 'C');
      assert.equal(await read(), 'm3 "C"@openai/gpt-5');
    });

    it('takes what an agent asked a subagent for no prompt, and gives the work to the prompt behind it', async () => {
      store.user('m1', 'A').session('child', 'main');
      store.user('m2', 'Do it', {}, 'child').assistant('m3', 'm2', 'child');
      store.tool('m3', 'write', { filePath: '/w/a.md', content: 'x' }, {});
      assert.equal(await read(), 'm1 "A"@openai/gpt-5; /w/a.md undefined=>x of m1');
    });

    it('tells what was taken back to a message', async () => {
      store.user('m1', 'A').assistant('m2', 'm1').tool('m2', 'write', { filePath: '/w/a.md', content: 'x' }, {});
      store.user('m3', 'B').assistant('m4', 'm3').tool('m4', 'write', { filePath: '/w/a.md', content: 'y' }, {});
      await read();
      store.revert('m3');
      assert.match(await read(), /^undone call-[0-9a-f-]+$/);
    });

    it('reads more than it can in one look', async () => {
      for (let nth = 0; nth < 1500; nth++) store.user(`m${nth}`, `A${nth}`);
      const reader = opencode.reader(store.file);
      const first = await reader.read();
      const second = await reader.read();
      assert.deepEqual(
        [first.more, first.prompts.length, second.more, second.prompts.length],
        [true, 1000, undefined, 500],
      );
    });

    it('names a form that it does not know', async () => {
      const file = join(folder(), 'opencode.db');
      new Database(file).exec('CREATE TABLE event (id TEXT)').close();
      assert.equal(picture(await opencode.reader(file).read()), '!unknown form');
    });

    it('names messages that stand where it does not look', async () => {
      store.other({ type: 'user', text: 'A' });
      assert.equal(await read(), '!unknown records');
      store.user('m1', 'A');
      assert.equal(await read(), 'm1 "A"@openai/gpt-5');
    });
  });

  it('is watched as a database, and as the tree of files of older versions', async () => {
    const home = folder();
    const data = join(home, '.local', 'share', 'opencode');
    mkdirSync(join(data, 'snapshot'), { recursive: true });
    const store = new OpencodeStore(join(data, 'opencode.db'));
    store.user('m1', 'In the database');
    const tree = (name: string, value: object) => {
      const file = join(data, 'storage', name);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, JSON.stringify(value));
    };
    tree('session/p/s.json', { id: 's', directory: '/w' });
    tree('message/s/m5.json', { id: 'm5', sessionID: 's', role: 'user', time: { created: 5 } });
    tree('part/m5/prt_1.json', { id: 'prt_1', messageID: 'm5', type: 'text', text: 'In files' });
    tree('part/m5/prt_2.json', { id: 'prt_2', messageID: 'm5', type: 'text', text: 'and more' });
    const seen: string[] = [];
    const watch = new AgentWatch({
      agents: [opencode],
      folders: ['/w'],
      machine: { env: { HOME: home }, platform: 'linux' },
      since: 0,
      onRecords: records => void seen.push(picture(records)),
    });
    await watch.read();
    store.user('m2', 'Behind the log');
    await watch.read();
    watch.dispose();
    store.close();
    assert.deepEqual(seen, [
      'm1 "In the database"@openai/gpt-5',
      'm5 "In files\\nand more"@undefined',
      'm2 "Behind the log"@openai/gpt-5',
    ]);
  });

  describe('on real records', () => {
    before(function () {
      if (existsSync(samples)) return;
      console.log('      skipped: ../shared/fixtures/agents is not there');
      this.skip();
    });

    it('a database', async () => {
      const file = new URL('opencode-sqlite/opencode.db', samples).pathname;
      const copy = join(folder(), 'opencode.db');
      cpSync(file, copy);
      const database = new Database(copy, { readonly: true });
      const count = (sql: string) => database.prepare(sql).pluck().get() as number;
      // A user's message counts where no other session opened its session.
      const asked = count(
        'SELECT count(*) FROM message JOIN session ON session.id = session_id WHERE data LIKE \'%"role":"user"%\' AND parent_id IS NULL',
      );
      const edits = count(
        'SELECT count(*) FROM part WHERE data LIKE \'%"tool":"edit"%\' AND data LIKE \'%completed%\'',
      );
      database.close();
      const records = await opencode.reader(file).read();
      assert.deepEqual([records.prompts.length, records.edits.length, records.problems.length], [asked, edits, 0]);
      assert.equal(records.edits[0]?.after, String.raw`// sqlite path\nconsole.log("sqlite");`);
      assert.equal(records.edits[0]?.file, '/Users/test/project/index.ts');
      assert.equal(records.edits[0]?.model, 'openai/gpt-5');
    });

    it('a tree of files', async () => {
      const root = new URL('opencode-storage/', samples);
      const all = { prompts: 0, edits: 0, answers: 0 };
      const kinds = { user: 0, edit: 0, text: 0 };
      for (const name of globSync('part/*/*.json', { cwd: root })) {
        const file = new URL(name, root);
        assert.ok(opencode.isRecord(name.slice('part/'.length)));
        const { prompts, edits, answers, problems } = await opencode.reader(file.pathname).read();
        assert.deepEqual(problems, []);
        all.prompts += prompts.length;
        all.edits += edits.length;
        all.answers += answers.length;
        for (const edit of edits) assert.equal(edit.after, "// Hello World\nconsole.log('test');");
        for (const prompt of prompts) assert.equal(prompt.text, "Update the comment in index.ts to say 'Hello World'");
        const raw = readFileSync(file, 'utf8');
        if (name.includes('user')) kinds.user++;
        else if (raw.includes('"tool": "edit"')) kinds.edit++;
        else if (raw.includes('"type": "text"') && !raw.includes('synthetic')) kinds.text++;
      }
      assert.deepEqual(all, { prompts: kinds.user, edits: kinds.edit, answers: kinds.text });
    });
  });
});
