import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { cache } from './paths.ts';
import { run } from './processes.ts';
import { Failure, step } from './progress.ts';

/**
 * The folder `.cache/<name>`, made by `make` in a temporary neighbour and renamed when complete: a folder
 * that is there is whole, and two runs at once do not disturb each other. `name` must tell the version.
 */
export async function cached(name: string, what: string, make: (folder: string) => Promise<void>): Promise<string> {
  const folder = join(cache, name);
  if (existsSync(folder)) return folder;
  await step(what, async () => {
    await mkdir(cache, { recursive: true });
    await removeAbandoned();
    const draft = await mkdtemp(join(cache, 'draft-'));
    try {
      await make(draft);
      await rename(draft, folder).catch(error => {
        if (!existsSync(folder)) throw error;
      });
    } finally {
      await rm(draft, { recursive: true, force: true });
    }
  });
  return folder;
}

/** What a killed run left half made an hour ago or more. */
async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(cache)) {
    const draft = join(cache, name);
    if (!name.startsWith('draft-') || Date.now() - (await stat(draft)).mtimeMs < 3_600_000) continue;
    await rm(draft, { recursive: true, force: true });
  }
}

/** Unpacks `members` of a package's tarball from the npm registry into `folder/package`, running none of its scripts. */
export async function unpack(spec: string, folder: string, members: readonly string[]): Promise<void> {
  const packed = await npm(['pack', spec, '--silent', '--pack-destination', folder], folder);
  const archive = packed.trim().split('\n').at(-1) ?? '';
  const tar = await run('tar', ['xzf', archive, ...members], { cwd: folder });
  if (tar.code !== 0) {
    throw new Failure(`tar could not unpack ${archive}: ${tar.output.trim()}`, 'Install tar, or free some disk space.');
  }
  await rm(join(folder, archive));
}

/** Runs npm and gives what it printed. */
export async function npm(args: readonly string[], cwd: string): Promise<string> {
  // npm sets these for its scripts, and they would steer the inner npm to our own package.
  const names = Object.keys(process.env).filter(key => /^npm_(config_(local_)?prefix|package_|lifecycle_)/.test(key));
  const env = Object.fromEntries(names.map(key => [key, undefined]));
  const result = await run('npm', [...args, '--no-audit', '--no-fund', '--loglevel=error'], { cwd, env });
  if (result.code === 0) return result.output;
  throw new Failure(
    `npm ${args.join(' ')} failed: ${result.output.trim()}`,
    'Check that the npm registry is reachable and the disk is not full, then run the command again.',
  );
}
