import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

/** A running process, told apart from a later one with the same number where the system allows it. */
export interface ProcessName {
  readonly pid: number;
  readonly host: string;
  /** When the system says it began, in its own unit; empty where that cannot be read. */
  readonly began: string;
}

export function thisProcess(): ProcessName {
  return { pid: process.pid, host: hostname(), began: beganAt(process.pid) };
}

/** Whether the process may still be running. On another machine that cannot be told: it may. */
export function mayRun(name: ProcessName): boolean {
  if (name.host !== hostname()) return true;
  try {
    process.kill(name.pid, 0);
  } catch (error) {
    // EPERM: there is one, of another user. All else: there is none.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false;
  }
  return beganAt(name.pid) === name.began;
}

/** Field 22 of /proc/<pid>/stat (proc(5)), counted after the name, which may hold spaces and brackets. */
function beganAt(pid: number): string {
  if (process.platform !== 'linux') return '';
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '-';
  }
}
