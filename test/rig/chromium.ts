import { createReadStream, createWriteStream, existsSync } from 'node:fs';
import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createBrotliDecompress } from 'node:zlib';
import { type Browser, chromium } from 'playwright-core';
import { cached, unpack } from './cached.ts';
import { cache } from './paths.ts';
import { run } from './processes.ts';
import { Failure } from './progress.ts';

const version = '153.0.0';
const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'chrome'];
const places = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

interface Executable {
  readonly path: string;
  readonly env: Readonly<Record<string, string>>;
}

/** A headless browser; the one in `CHROME` if set, else the npm build on Linux x64, else an installed one. */
export async function launchBrowser(): Promise<Browser> {
  const executable = await findChromium();
  try {
    return await chromium.launch({
      executablePath: executable.path,
      env: { ...process.env, ...executable.env } as Record<string, string>,
      args: [
        // Root and containers have no sandbox; all pages are our own and come from this machine.
        ...['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--font-render-hinting=none'],
        // No page reaches another machine, not even to ask for a name.
        '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost',
      ],
    });
  } catch (error) {
    throw new Failure(
      `The browser ${executable.path} did not start: ${String(error).slice(0, 1500)}`,
      'Install Chromium or Chrome and name its executable in the environment variable CHROME.',
    );
  }
}

/** The browser that `launchBrowser` takes, prepared where need be. */
export async function findChromium(): Promise<Executable> {
  const named = process.env.CHROME;
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return { path: named, env: {} };
    throw new Failure(`CHROME names ${named}, which is not there.`, 'Correct or unset CHROME.');
  }
  if (process.platform === 'linux' && process.arch === 'x64') return packagedChromium();
  const folders = (process.env.PATH ?? '').split(delimiter);
  const found = [...places, ...names.flatMap(name => folders.map(folder => join(folder, name)))].find(existsSync);
  if (found !== undefined) return { path: found, env: {} };
  throw new Failure('No Chromium, Chrome or Edge was found.', 'Install one, or name its executable in CHROME.');
}

async function packagedChromium(): Promise<Executable> {
  const name = `chromium-${version}`;
  const folder = await cached(name, 'Preparing Chromium from npm (once, about 10 s)', async draft => {
    await unpack(`@sparticuz/chromium@${version}`, draft, ['package/bin']);
    const packed = join(draft, 'package', 'bin');
    await inflate(join(packed, 'chromium.br'), join(draft, 'chromium'));
    await chmod(join(draft, 'chromium'), 0o755);
    for (const part of ['al2023', 'fonts', 'swiftshader']) {
      const target = part === 'swiftshader' ? draft : join(draft, part);
      const archive = join(draft, `${part}.tar`);
      await mkdir(target, { recursive: true });
      await inflate(join(packed, `${part}.tar.br`), archive);
      await run('tar', ['xf', archive], { cwd: target });
      await rm(archive);
    }
    await writeFile(join(draft, 'fonts', 'fonts.conf'), fontConfiguration(join(cache, name, 'fonts', 'fonts')));
    await rm(join(draft, 'package'), { recursive: true });
  });
  return { path: join(folder, 'chromium'), env: await surroundings(folder) };
}

/** What a bare machine lacks: the package's own copies of the network security libraries, and a font. */
async function surroundings(folder: string): Promise<Record<string, string>> {
  const env: Record<string, string> = {};
  if (!existsSync('/usr/share/fonts') && !existsSync('/usr/local/share/fonts')) {
    env.FONTCONFIG_PATH = join(folder, 'fonts');
  }
  const plain = await run(join(folder, 'chromium'), ['--version'], { env });
  if (plain.code !== 0) {
    env.LD_LIBRARY_PATH = [join(folder, 'al2023', 'lib'), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
  }
  return env;
}

function fontConfiguration(fonts: string): string {
  return `<?xml version="1.0"?>\n<fontconfig><dir>${fonts}</dir><cachedir>/tmp/holograph-fonts</cachedir></fontconfig>\n`;
}

async function inflate(from: string, to: string): Promise<void> {
  await pipeline(createReadStream(from), createBrotliDecompress(), createWriteStream(to));
}
