import { copyFile, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cached, npm, unpack } from './cached.ts';
import { switchableGate } from './gate.ts';

/** The npm package that carries a VS Code server; 4.139.1 is VS Code 1.139.1. */
const version = '4.139.1';
/** Raised whenever the preparation below changes. */
const revision = 2;

const extensionHost = 'out/vs/workbench/api/node/extensionHostProcess.js';
const stubs = join(import.meta.dirname, 'stubs');

/** The folder of a VS Code server that runs under Node 24, prepared once and cached (about 600 MB). */
export function editor(): Promise<string> {
  return cached(
    `vscode-${version}-${revision}`,
    'Preparing VS Code 1.139.1 from npm (once, about 20 s)',
    async folder => {
      await unpack(`code-server@${version}`, folder, ['package/lib/vscode']);
      await rename(join(folder, 'package/lib/vscode'), join(folder, 'server'));
      await rm(join(folder, 'package'), { recursive: true });
      const server = join(folder, 'server');
      await npm(['install', '--ignore-scripts', '--omit=dev'], server);
      // Two native modules that nothing compiled: without the first the extension host does not start, without
      // the second no log is kept.
      await copyFile(join(stubs, 'watchdog.cjs'), join(server, 'node_modules/@vscode/native-watchdog/index.js'));
      await copyFile(join(stubs, 'spdlog.cjs'), join(server, 'node_modules/@vscode/spdlog/index.js'));
      const bundle = join(server, extensionHost);
      await writeFile(bundle, switchableGate(await readFile(bundle, 'utf8')));
    },
  ).then(folder => join(folder, 'server'));
}
