import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a tool that is not ours says of a document; undefined where the machine has not got it. */
export function askTool(tool: string, options: readonly string[], document: Uint8Array): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'holograph-pdf-'));
  try {
    const file = join(folder, 'report.pdf');
    writeFileSync(file, document);
    const place = options.map(option => (option === 'FILE' ? file : option));
    const { status, stdout, stderr, error } = spawnSync(tool, place, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (error !== undefined && 'code' in error && error.code === 'ENOENT') return undefined;
    if (status !== 0) throw new Error(`${tool} ${options.join(' ')} (${status}): ${stderr}${stdout}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The same; without the tool the test is skipped, and says why. */
export function toolOrSkip(
  test: { skip(): never; test?: { title: string } | undefined },
  tool: string,
  options: readonly string[],
  document: Uint8Array,
): string {
  const said = askTool(tool, options, document);
  if (said !== undefined) return said;
  if (test.test !== undefined) test.test.title += ` [skipped: ${tool} is not on this machine]`;
  return test.skip();
}
