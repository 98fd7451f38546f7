import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createInterface, type Interface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const script = fileURLToPath(new URL('verify.py', import.meta.url));

/** Why the verifier in Python cannot run here; undefined where it can. */
export function missingForPython(): string | undefined {
  for (const [command, argument] of [
    ['python3', '--version'],
    ['openssl', 'version'],
  ] as const)
    if (spawnSync(command, [argument]).status !== 0) return `${command} is not installed`;
  return undefined;
}

/** What `verify.py` says of one journal. */
export interface PythonAnswer {
  readonly consistent: boolean;
  readonly keyKnown: boolean;
  readonly anchoredTo: { readonly size: number } | null;
  readonly wrong: readonly { readonly what: string; readonly sequence?: number; readonly detail: string }[];
}

/** `verify.py` for one journal, in a process of its own. */
export function verifyOnce(file: string): PythonAnswer {
  const { stdout, stderr } = spawnSync('python3', [script, file]);
  if (stdout.length === 0) throw new Error(`verify.py: ${stderr.toString()}`);
  return JSON.parse(stdout.toString()) as PythonAnswer;
}

/** `verify.py --batch`: one process for many journals. Owned by who makes it; `close` ends it. */
export class PythonVerifier {
  readonly #child: ChildProcess;
  readonly #lines: Interface;
  #errors = '';
  readonly #ended: Promise<never>;

  constructor() {
    this.#child = spawn('python3', [script, '--batch'], { stdio: ['pipe', 'pipe', 'pipe'] });
    this.#child.stderr!.on('data', (data: Buffer) => {
      this.#errors += data.toString();
    });
    this.#ended = once(this.#child, 'close').then(() => {
      throw new Error(`verify.py ended: ${this.#errors}`);
    });
    this.#ended.catch(() => undefined);
    this.#lines = createInterface({ input: this.#child.stdout! });
  }

  async verify(file: string, held: { readonly key?: string | undefined; readonly since?: string | undefined }) {
    const answer = once(this.#lines, 'line') as Promise<[string]>;
    this.#child.stdin!.write(`${JSON.stringify({ file, ...held })}\n`);
    const [line] = await Promise.race([answer, this.#ended]);
    return JSON.parse(line) as PythonAnswer;
  }

  close(): void {
    this.#child.kill();
  }
}
