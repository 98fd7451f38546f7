import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { agents } from '../../../src/agents/agents.ts';
import { run } from '../../../src/cli/run.ts';
import type { StatusDocument } from '../../../src/cli/status.ts';
import { versionsIn } from '../../../src/cli/versionWords.ts';
import { Words } from '../../../src/cli/words.ts';
import { Line } from '../agents/line.ts';
import { cleanFolders } from '../agents/transcript.ts';

describe('status of AI tools', () => {
  let line: Line;
  beforeEach(async () => {
    line = await Line.open('One.\n', ['claude-code'], ['claude-code', 'hooks']);
  });
  afterEach(() => line.close());
  after(cleanFolders);

  async function status(...argv: string[]): Promise<string> {
    const out: string[] = [];
    const stream = { write: (text: string) => out.push(text) };
    const env = {
      HOLOGRAPH_HOME: join(line.home, 'holograph'),
      HOME: line.home,
      XDG_DATA_HOME: join(line.home, 'share'),
      CLAUDE_CONFIG_DIR: join(line.home, 'claude'),
      LANG: 'C',
    };
    assert.equal(await run(['status', ...argv], { stdout: stream, stderr: stream, env, cwd: line.home }), 0);
    return out.join('');
  }

  async function tools() {
    const [journal] = (JSON.parse(await status('--json')) as StatusDocument).journals;
    return journal!.account!.agents;
  }

  it('names every reader, with what it was checked against', async () => {
    const said = (await tools()).map(({ name, checked, versions }) => ({ name, checked, versions }));
    assert.deepEqual(
      said,
      agents.map(({ name, checked, versions }) => ({ name, checked, versions })),
    );
  });

  it('says which are followed, which are here, what is on record of them and what could not be read', async () => {
    mkdirSync(join(line.home, '.codex', 'sessions'), { recursive: true });
    line.talk.prompt('Begin').edit('e1', line.file, 'One.\n', 'One', 'Two').raw('no json\n');
    await line.read();
    await line.records();
    const shown = (await tools()).filter(({ name }) => ['claude-code', 'codex', 'cursor', 'specstory'].includes(name));
    assert.deepEqual(
      shown.map(({ name, followed, found, prompts, edits, problems, lastRecord }) =>
        [name, followed, found, prompts, edits, problems, lastRecord !== null].join(' '),
      ),
      [
        'claude-code true true 1 1 1 true',
        'codex false true 0 0 0 false',
        'specstory  false 0 0 0 false',
        'cursor false false 0 0 0 false',
      ],
    );
  });

  it('says which are not followed now, whatever the session began with, also after the editor has ended', async () => {
    const off = async () => (await tools()).find(({ name }) => name === 'claude-code')?.followed === false;
    const listed = async () => /AI tools off +(.*)/.exec(await status())?.[1]?.includes('claude-code');
    const gap = { kind: 'gap', reason: 'channel', note: 'claude-code', agent: 'claude-code' } as const;
    assert.deepEqual([await off(), await listed()], [false, false]);
    await line.append(gap);
    assert.deepEqual([await off(), await listed()], [true, true]);
    await line.append({ ...gap, since: Date.now() });
    assert.equal(await off(), false);
    await line.append(gap);
    await line.append({ ...gap, since: Date.now() });
    await line.append({ kind: 'sessionEnd' });
    assert.equal(await off(), true);
  });

  it('says versions in the language asked for: names and numbers alone stay', () => {
    const names = /VS Code|Copilot Chat|Markdown/g;
    for (const language of ['ru', 'kk'] as const) {
      const words = new Words(language);
      const said = agents.map(({ versions }) => versionsIn(versions, words).replace(names, ''));
      assert.deepEqual(
        said.filter(one => /[a-z]/i.test(one)),
        [],
      );
    }
  });

  it('tells people of those that are here, in their language', async () => {
    line.talk.prompt('Begin').says('Done.');
    await line.read();
    await line.records();
    assert.match(
      await status(),
      /claude-code +followed; reader checked on real records \([^)]+\); last record of claude-code 20/,
    );
    assert.doesNotMatch(await status(), /^ +windsurf /m);
    assert.match(await status('--language', 'kk'), /claude-code +бақыланады/);
  });
});
