import { join } from 'node:path';
import { root } from './paths.ts';
import { run } from './processes.ts';
import { Failure } from './progress.ts';

type Environment = Readonly<Record<string, string>>;

/** Runs `dist/cli.cjs` in plain Node, in a folder. Throws with what it said unless it exits with `expected`. */
export async function productCli(
  args: readonly string[],
  cwd: string,
  env: Environment,
  expected = 0,
): Promise<string> {
  const result = await run(process.execPath, [join(root, 'dist/cli.cjs'), ...args], { cwd, env, limit: 60_000 });
  if (result.code === expected) return result.stdout;
  const why = result.timedOut ? 'did not end within a minute' : `ended with code ${result.code}`;
  throw new Failure(
    `holograph ${args.join(' ')} ${why}:\n${result.output}`,
    'This is a fault of the product: mend it.',
  );
}
