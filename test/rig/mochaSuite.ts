import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TestResult } from './driverCalls.ts';
import { root } from './paths.ts';
import { run } from './processes.ts';
import { say } from './progress.ts';

export interface MochaSuite {
  readonly files: readonly string[];
  /** Milliseconds for one test and for the whole process. */
  readonly timeout: number;
  readonly limit: number;
}

const prefix = '@result ';

/** Runs mocha over TypeScript files in a process of its own; what the tests print is passed on. */
export async function mochaSuite(given: MochaSuite, add: (result: TestResult) => void): Promise<void> {
  if (given.files.length === 0) return;
  let failed = false;
  const printed: string[] = [];
  const result = await run(
    process.execPath,
    [
      '--import',
      pathToFileURL(join(root, 'test/support/seed.ts')).href,
      join(root, 'node_modules/mocha/bin/mocha.js'),
      ...[
        '--no-config',
        '--reporter',
        join(import.meta.dirname, 'lines.cjs'),
        '--timeout',
        String(given.timeout),
        '--exit',
      ],
      ...given.files,
    ],
    {
      cwd: root,
      limit: given.limit,
      onLine: line => {
        if (line.startsWith(prefix)) {
          const result = JSON.parse(line.slice(prefix.length)) as TestResult;
          failed ||= result.state === 'failed';
          add(result);
        } else if (line !== '') {
          printed.push(line);
          say(`    ${line}`);
        }
      },
    },
  );
  // A file that cannot be loaded ends mocha before any test; what was cut short is told beside what failed.
  if (result.timedOut || (result.code !== 0 && !failed)) {
    const why = result.timedOut ? `no end within ${given.limit / 1000} s` : `mocha ended with code ${result.code}`;
    add({ title: 'mocha', state: 'failed', duration: 0, error: [why, ...printed.slice(-40)].join('\n') });
  }
}
