import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What a tool that is not ours says of a document; undefined where the machine has not got it. */
export function askTool(
  tool: string,
  options: readonly string[],
  document: Uint8Array,
  good: readonly (number | null)[] = [0],
): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'holograph-pdf-'));
  try {
    const file = join(folder, 'report.pdf');
    writeFileSync(file, document);
    const place = options.map(option => (option === 'FILE' ? file : option));
    const { status, stdout, stderr, error } = spawnSync(tool, place, { encoding: 'utf8', maxBuffer: 2 ** 28 });
    if (error !== undefined && 'code' in error && error.code === 'ENOENT') return undefined;
    if (!good.includes(status)) throw new Error(`${tool} ${options.join(' ')} (${status}): ${stderr}${stdout}`);
    return stdout;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const jars = [
  'preflight',
  'xmpbox',
  'pdfbox2',
  'fontbox2',
  'commons-io',
  'commons-logging',
  'javax.activation',
  'jaxb-api',
];

/**
 * What Apache PDFBox Preflight finds against PDF/A-1b, the only level it knows; undefined where it is not on this
 * machine (Debian: libpdfbox2-java, libactivation-java, libjaxb-api-java).
 */
export function preflight(document: Uint8Array): string[] | undefined {
  const files = jars.map(name => `/usr/share/java/${name}.jar`);
  if (!files.every(file => existsSync(file))) return undefined;
  const options = ['-cp', files.join(':'), 'org.apache.pdfbox.preflight.Validator_A1b', 'FILE'];
  const said = askTool('java', options, document, [0, 255]);
  return said?.split('\n').filter(line => /^\d/.test(line));
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
