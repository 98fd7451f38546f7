import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { agents } from '../../../../src/agents/agents.ts';
import { hookProgram, writeHookProgram } from '../../../../src/agents/hooks/hookProgram.ts';
import { agentNames } from '../../../../src/agents/names.ts';
import { cleanFolders, folder } from '../transcript.ts';

describe('the program that hooks call', () => {
  let home: string;
  let dist: string;
  beforeEach(() => {
    home = join(folder(), "it's a home");
    dist = join(home, 'dist');
    mkdirSync(dist, { recursive: true });
    const echo =
      'process.stdin.on("data", d => console.log(__filename.slice(-8), process.argv.slice(2).join(), process.env.HOLOGRAPH_HOME, process.env.ELECTRON_RUN_AS_NODE, String(d)))';
    for (const name of ['hook', 'cli']) writeFileSync(join(dist, `${name}.cjs`), echo);
  });
  after(cleanFolders);

  it('runs the receiver with the runtime and the data folder that it was written for', async function () {
    if (process.platform === 'win32') this.skip();
    await writeHookProgram(home, { program: process.execPath, electron: false, dist });
    assert.equal(call('hook', 'codex'), `hook.cjs hook,codex ${home} undefined in\n`);
    assert.equal(call('status'), `/cli.cjs status ${home} undefined in\n`);
    await writeHookProgram(home, { program: process.execPath, electron: true, dist });
    assert.equal(call('hook', 'codex'), `hook.cjs hook,codex ${home} 1 in\n`);
  });

  it('does nothing, and says that the tool may go on, where the editor is gone', async function () {
    if (process.platform === 'win32') this.skip();
    await writeHookProgram(home, { program: join(home, 'gone'), electron: true, dist });
    assert.equal(call('hook', 'claude-code'), '');
    assert.equal(call('hook', 'cursor'), '{"continue":true}\n');
    assert.equal(call('hook', 'gemini'), '{}\n');
    assert.equal(call('hook', 'cline'), '{"cancel":false}\n');
  });

  it('is written once for one runtime, whole, for its owner alone', async () => {
    const runtime = { program: 'C:\\100%\\code.exe', electron: true, dist: 'C:\\dist' };
    await writeHookProgram(home, runtime);
    const { mtimeMs, mode } = statSync(hookProgram(home));
    if (process.platform !== 'win32') assert.equal(mode & 0o777, 0o700);
    await writeHookProgram(home, runtime);
    assert.equal(statSync(hookProgram(home)).mtimeMs, mtimeMs);
    assert.deepEqual(readdirSync(join(home, 'bin')).sort(), ['holograph', 'holograph.cmd']);
    const windows = readFileSync(hookProgram(home, 'win32'), 'utf8');
    assert.ok(windows.includes('set "HOLOGRAPH_RUNTIME=C:\\100%%\\code.exe"\r\n'));
    assert.ok(!/[^\r]\n/.test(windows));
  });

  function call(...args: string[]): string {
    const { status, stdout, stderr } = spawnSync(hookProgram(home), args, { input: 'in', encoding: 'utf8' });
    assert.deepEqual([status, stderr], [0, '']);
    return stdout;
  }
});

describe('the names of tools', () => {
  it('are those of all readers whose tools are followed', () => {
    // SpecStory's histories are read for import alone.
    const followed = agents.filter(({ name }) => name !== 'specstory');
    assert.deepEqual([...agentNames].sort(), followed.map(({ name }) => name).sort());
  });
});
