import { statfsSync } from 'node:fs';
import type { JournalProblem } from './problem.ts';

/**
 * File systems that lie on another machine, by the magic number that statfs(2) gives on Linux. SQLite's log needs
 * memory that all its processes share, and so one machine (https://www.sqlite.org/wal.html).
 */
const remote: ReadonlyMap<number, string> = new Map([
  [0x6969, 'nfs'],
  [0x517b, 'smb'],
  [0xff534d42, 'cifs'],
  [0xfe534d42, 'smb2'],
  [0x01021997, '9p'],
  [0x5346414f, 'afs'],
  [0x73757245, 'coda'],
  [0x00c36400, 'ceph'],
  [0x0bd00bd0, 'lustre'],
]);

/** What kind of drive of another machine a folder lies on; undefined where it lies on this one, or nobody can tell. */
export function networkOf(path: string, platform: NodeJS.Platform = process.platform): string | undefined {
  // A drive letter may stand for one too: that, nobody tells us.
  if (platform === 'win32') return /^(\\\\|\/\/)(?![?.])/.test(path) ? 'unc' : undefined;
  if (platform !== 'linux') return undefined;
  return kindOf(statfsSync(path).type);
}

/** What is to be said of a data folder that lies on such a drive, before anything is written to it. */
export function networkProblem(path: string, platform?: NodeJS.Platform): JournalProblem | undefined {
  const detail = networkOf(path, platform);
  return detail === undefined ? undefined : { code: 'network', path, detail };
}

/** By the type that `statfs` gives. */
export function kindOf(type: number): string | undefined {
  return remote.get(type >>> 0);
}
