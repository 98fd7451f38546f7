// Starts the rig on a machine that has only git, npm and some Node (20 or newer): installs the
// packages where they are missing, then runs the TypeScript file named by the first argument under
// the project's own Node 24. Plain JavaScript without dependencies, since nothing is installed yet.
//
//   node test/rig/run.mjs test unit host      runs test/rig/test.ts with the arguments `unit host`

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const modules = `${root}node_modules`;

function stop(what, advice) {
  process.stderr.write(`\n✗ ${what}\n  → ${advice}\n`);
  process.exit(1);
}

function readJson(file) {
  return JSON.parse(readFileSync(file, 'utf8'));
}

/** Whether node_modules holds what package-lock.json asks for: compared by content, since times say nothing in a clone. */
function installed() {
  const record = `${modules}/.package-lock.json`;
  if (!existsSync(record)) return false;
  const wanted = readJson(`${root}package-lock.json`).packages;
  const present = readJson(record).packages;
  return Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || (path in present ? present[path].version === entry.version : entry.optional === true),
  );
}

/** npm's own entry where npm started us; the command otherwise. */
function npm(args) {
  const entry = process.env.npm_execpath;
  const byEntry = entry !== undefined && /\.c?js$/.test(entry);
  const options = {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: !byEntry && process.platform === 'win32',
  };
  return byEntry ? spawnSync(process.execPath, [entry, ...args], options) : spawnSync('npm', args, options);
}

function install() {
  const begin = Date.now();
  process.stdout.write('Installing the packages of package-lock.json (once, about half a minute) …\n');
  // Not `npm ci`: it refuses a lock file that leaves out a platform's binary which its registry did not
  // have. This installs the same versions, checks the same digests, and writes no lock file.
  const quiet = ['--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
  const result = npm(['install', '--ignore-scripts', '--include=dev', '--include=optional', ...quiet]);
  if (result.status !== 0) {
    stop(
      'npm could not install the packages (its own message stands above).',
      'Check that the npm registry is reachable and the disk is not full, then run the command again.',
    );
  }
  process.stdout.write(`Installed in ${((Date.now() - begin) / 1000).toFixed(1)} s\n`);
}

/** Node 24 from npm on Linux and Windows; elsewhere the machine's own, if it runs TypeScript by itself. */
function runtime() {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const shipped = `${modules}/${name}/bin/node${suffix}`;
  if (existsSync(shipped)) return shipped;
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 22 || (major === 22 && minor >= 18)) return process.execPath;
  return stop(
    `There is no packaged Node for ${process.platform} ${process.arch}, and this one (${process.versions.node}) is too old.`,
    'Install Node 24 from nodejs.org, then run the command again.',
  );
}

const [script, ...rest] = process.argv.slice(2);
if (script === undefined) stop('No script named.', 'Use npm test or npm start.');
if (!installed()) install();

const node = runtime();
const child = spawn(node, ['--disable-warning=ExperimentalWarning', `${root}test/rig/${script}.ts`, ...rest], {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, PATH: `${modules}/.bin${process.platform === 'win32' ? ';' : ':'}${process.env.PATH ?? ''}` },
});
// The child gets Ctrl+C from the terminal itself; we stay to hand on its exit code.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => child.kill('SIGTERM'));
child.on('exit', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 1)));
