import assert from 'node:assert/strict';
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { StatusDocument } from '../../../src/cli/status.ts';
import { damagePages } from '../../support/harm.ts';
import { SmallDisk } from '../../support/smallDisk.ts';
import { Recorded } from './recorded.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** A Node of this machine's own that is too old for SQLite's binary, if it has one. */
function oldNode(): string | undefined {
  const folders = ['/usr/local/bin', '/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  return folders
    .map(folder => join(folder, 'node'))
    .find(node => {
      const napi = Number(spawnSync(node, ['-p', 'process.versions.napi'], { encoding: 'utf8' }).stdout);
      return napi > 0 && napi < 10;
    });
}

describe('holograph, where the machine does not do its part', () => {
  let novel: Recorded;
  beforeEach(async () => {
    novel = await Recorded.novel();
  });
  afterEach(() => novel.remove());

  const journalOf = async (recorded: Recorded) => {
    const [one] = (await recorded.json<StatusDocument>('status')).journals;
    return join(recorded.home, 'journals', one?.journal ?? '', 'journal.sqlite');
  };

  it('under a Node too old for SQLite: one clear line, exit code 2, and no crash', async function () {
    const node = oldNode();
    if (node === undefined) {
      console.log('      skipped: this machine has no Node older than 22.14');
      this.skip();
    }
    const journal = await journalOf(novel);
    const script = join(root, '.cache', `old-node-${process.pid}`, 'cli.cjs');
    await build({
      entryPoints: [join(root, 'src/cli/main.ts')],
      outfile: script,
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node22',
      external: ['better-sqlite3'],
      define: { 'import.meta.url': 'bundleUrl' },
      banner: { js: "const bundleUrl=require('node:url').pathToFileURL(__filename).href;" },
      logLevel: 'error',
    });
    try {
      for (const argv of [
        ['status'],
        ['spans', 'ch1.md'],
        ['report', '--json'],
        ['prompts'],
        ['export', '--out', 'x.zip'],
        ['verify', journal],
      ]) {
        const env = { ...process.env, HOLOGRAPH_HOME: novel.home, LANG: 'C' };
        const done: SpawnSyncReturns<string> = spawnSync(node, [script, ...argv], {
          cwd: novel.folder,
          env,
          encoding: 'utf8',
        });
        const line = 'holograph: This runtime cannot open journals: Node 22.14 or newer is needed.\n';
        assert.deepEqual([done.status, done.signal, done.stdout, done.stderr], [2, null, '', line], argv.join(' '));
      }
    } finally {
      rmSync(join(script, '..'), { recursive: true, force: true });
    }
  });

  it('with a damaged journal: one clear line of each command that needs it, and status names it', async () => {
    damagePages(await journalOf(novel));
    assert.equal((await novel.json<StatusDocument>('status')).journals[0]?.problem, 'corrupt');
    for (const argv of [['spans', 'ch1.md'], ['report'], ['prompts'], ['export', '--out', 'x.zip']]) {
      const { code, out, err } = await novel.run(...argv);
      assert.deepEqual([code, out, /^holograph: The journal [^\n]+ is damaged[^\n]*\n$/.test(err)], [2, '', true], err);
    }
  });

  it('with a file where the data folder should be: one clear line', async () => {
    renameSync(novel.home, `${novel.home}.kept`);
    writeFileSync(novel.home, '');
    for (const argv of [['status'], ['spans', 'ch1.md'], ['report']]) {
      const { code, out, err } = await novel.run(...argv);
      assert.deepEqual(
        [code, out, /^holograph: [^\n]+ cannot be opened or written\.\n$/.test(err)],
        [2, '', true],
        err,
      );
    }
  });

  it('on a disk that cannot be written: what was recorded can still be asked for', async function () {
    const kept = `${novel.home}.kept`;
    renameSync(novel.home, kept);
    mkdirSync(novel.home);
    const disk = SmallDisk.mount(novel.home, 8_000_000);
    if (disk === undefined) {
      console.log('      skipped: no file system can be mounted here');
      renameSync(kept, novel.home);
      this.skip();
    }
    try {
      spawnSync('cp', ['-a', `${kept}/.`, novel.home]);
      assert.ok(disk.readOnly());
      for (const argv of [['status'], ['spans', 'ch1.md', '--json'], ['report', '--json'], ['prompts']]) {
        const { code, err } = await novel.run(...argv);
        assert.deepEqual([code, err], [0, ''], argv.join(' '));
      }
    } finally {
      disk.unmount();
    }
  });
});
