import { spawnSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';

/** A small file system of its own, in memory, where this machine lets us mount one (Linux, root). */
export class SmallDisk {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** `undefined` where it cannot be mounted. */
  static mount(path: string, bytes: number): SmallDisk | undefined {
    mkdirSync(path, { recursive: true });
    const done = run('mount', ['-t', 'tmpfs', '-o', `size=${bytes},mode=700`, 'none', path]);
    return done ? new SmallDisk(path) : undefined;
  }

  /** From now on it holds this many bytes. */
  resize(bytes: number): void {
    run('mount', ['-o', `remount,size=${bytes}`, this.path]);
  }

  readOnly(): boolean {
    return run('mount', ['-o', 'remount,ro', this.path]);
  }

  unmount(): void {
    run('umount', ['-l', this.path]);
  }
}

function run(command: string, words: readonly string[]): boolean {
  return process.platform === 'linux' && spawnSync(command, words).status === 0;
}
