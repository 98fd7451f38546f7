import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { unzip } from '../../src/evidence/unzip.ts';
import { Catalogue } from '../../src/journal/catalogue.ts';
import { openJournal } from '../../src/journal/reader.ts';
import { bundle } from '../rig/build.ts';
import { root } from '../rig/paths.ts';
import { say, shown, time } from './measure.ts';
import { BenchRecord } from './packageRecord.ts';

/**
 * `holograph export` of large works, in a process of its own, as the product is built; the floor reads the journal's events
 * and packs the same members: `package.ts [SHARE]`, a share of the size, such as 0.1.
 */
const share = Number(process.argv[2] ?? 1);
/** Tells at its end what the process took, behind all else that it says. */
const tell =
  'process.on("exit",()=>{const u=process.resourceUsage();process.stderr.write("\\n"+JSON.stringify([u.userCPUTime+u.systemCPUTime,u.maxRSS]))})';
const goal = '≤ 60 s, ≤ 1024 MB';
await bundle([]);
// A copy: whoever builds the product meanwhile would have one version make a package, and another check it.
const copy = join(root, '.cache', `bench-${process.pid}`);
cpSync(join(root, 'dist'), join(copy, 'dist'), { recursive: true });
symlinkSync(join(root, 'media'), join(copy, 'media'));
process.on('exit', () => rmSync(copy, { recursive: true }));

const acts = Math.round(200_000 * share);
await measured(`a manuscript of ${Math.round(300 * share)} pages, ${acts} acts`, () =>
  BenchRecord.manuscript(acts, Math.round(540_000 * share)),
);
const files = Math.round(2_000 * share);
await measured(`a code base of ${files} files, 25 acts in each`, () => BenchRecord.code(files, 25));

async function measured(what: string, make: () => Promise<BenchRecord>): Promise<void> {
  const record = await make();
  try {
    const archive = join(record.folder, '..', 'package.zip');
    const made = holograph(record, ['export', '--out', archive, '--profile', 'generic', '--language', 'ru']);
    say(`${what}: export`, figures(made), goal);
    const bytes = readFileSync(archive);
    const { members } = unzip(bytes);
    let events = 0;
    const floor = time(() => {
      const reader = openJournal(journalOf(record));
      for (const event of reader.events()) events += event.sequence >= 0 ? 1 : 0;
      reader.close();
      zipSync(Object.fromEntries(members), { level: 6 });
    });
    say(`  the floor: ${events} events read, ${members.size} members packed`, shown(floor));
    say('  package', `${(statSync(archive).size / 2 ** 20).toFixed(1)} MB`);
    for (const [name, of] of [...members].sort(([, a], [, b]) => b.length - a.length).slice(0, 5)) {
      say(`    ${name}`, `${(of.length / 2 ** 20).toFixed(1)} MB`);
    }
    say('  verify', figures(holograph(record, ['verify', archive])));
  } finally {
    record.remove();
  }
}

function journalOf({ home, folder }: BenchRecord): string {
  const catalogue = Catalogue.open(home);
  try {
    return catalogue.find(folder)!.file;
  } finally {
    catalogue.close();
  }
}

interface Run {
  readonly wall: number;
  readonly seconds: number;
  readonly megabytes: number;
}

function figures({ wall, seconds, megabytes }: Run): string {
  return `${shown(wall)}; processor ${seconds.toFixed(1)} s; ${megabytes.toFixed(0)} MB`;
}

function holograph({ home, folder }: BenchRecord, argv: readonly string[]): Run {
  const profile =
    process.env.BENCH_PROFILE === undefined ? [] : ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`];
  const begin = [...profile, '--import', `data:text/javascript,${encodeURIComponent(tell)}`];
  let run: ReturnType<typeof spawnSync> | undefined;
  const wall = time(() => {
    run = spawnSync(process.execPath, [...begin, join(copy, 'dist/cli.cjs'), ...argv], {
      cwd: folder,
      env: { ...process.env, HOLOGRAPH_HOME: home },
      encoding: 'utf8',
    });
  });
  const said = String(run?.stderr).trimEnd().split('\n');
  if (run?.status !== 0) throw new Error(`${argv[0]} ended with ${run?.status}: ${run?.stdout}${said.join('\n')}`);
  const [micros, kilobytes] = JSON.parse(said.at(-1)!) as [number, number];
  return { wall, seconds: micros / 1e6, megabytes: kilobytes / 1024 };
}
