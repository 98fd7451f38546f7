import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isMissing } from '../reading/missing.ts';

/** What runs the command line: the editor's own runtime, so that nothing else has to be installed. */
export interface Runtime {
  /** Absolute path of the program. */
  readonly program: string;
  /** It is Electron, which must be told to be Node. */
  readonly electron: boolean;
  /** Absolute path of the folder of built scripts. */
  readonly dist: string;
}

/** The script through which AI tools' hooks call, below the data folder. */
export function hookProgram(home: string, platform: NodeJS.Platform = process.platform): string {
  return join(home, 'bin', platform === 'win32' ? 'holograph.cmd' : 'holograph');
}

/**
 * Writes `bin/holograph` and `bin/holograph.cmd` for this runtime, where they are not so already. The scripts know the
 * data folder, and where the editor or the extension is gone a hook does nothing and says so to nobody.
 */
export async function writeHookProgram(home: string, runtime: Runtime): Promise<void> {
  await mkdir(join(home, 'bin'), { recursive: true, mode: 0o700 });
  await put(hookProgram(home, 'linux'), posixScript(home, runtime));
  await put(hookProgram(home, 'win32'), windowsScript(home, runtime));
}

function posixScript(home: string, { program, electron, dist }: Runtime): string {
  return `#!/bin/sh
# Holograph's command line, run by the editor's own runtime. Written anew when the editor starts.
HOLOGRAPH_HOME=${quoted(home)}
export HOLOGRAPH_HOME
${electron ? 'ELECTRON_RUN_AS_NODE=1\nexport ELECTRON_RUN_AS_NODE\n' : ''}runtime=${quoted(program)}
dist=${quoted(dist)}
if [ "$1" = hook ]; then
  [ -x "$runtime" ] && [ -f "$dist/hook.cjs" ] && exec "$runtime" "$dist/hook.cjs" "$@"
  case "$2" in
    cursor) echo '{"continue":true}' ;;
    gemini) echo '{}' ;;
    cline) echo '{"cancel":false}' ;;
  esac
  exit 0
fi
exec "$runtime" "$dist/cli.cjs" "$@"
`;
}

function windowsScript(home: string, { program, electron, dist }: Runtime): string {
  const lines = [
    '@echo off',
    "rem Holograph's command line, run by the editor's own runtime. Written anew when the editor starts.",
    'setlocal',
    'chcp 65001 >nul',
    `set "HOLOGRAPH_HOME=${percented(home)}"`,
    ...(electron ? ['set "ELECTRON_RUN_AS_NODE=1"'] : []),
    `set "HOLOGRAPH_RUNTIME=${percented(program)}"`,
    `set "HOLOGRAPH_DIST=${percented(dist)}"`,
    'if not "%~1"=="hook" goto cli',
    'if not exist "%HOLOGRAPH_RUNTIME%" exit /b 0',
    'if not exist "%HOLOGRAPH_DIST%\\hook.cjs" exit /b 0',
    '"%HOLOGRAPH_RUNTIME%" "%HOLOGRAPH_DIST%\\hook.cjs" %*',
    'exit /b 0',
    ':cli',
    '"%HOLOGRAPH_RUNTIME%" "%HOLOGRAPH_DIST%\\cli.cjs" %*',
  ];
  return `${lines.join('\r\n')}\r\n`;
}

function quoted(path: string): string {
  return `'${path.replaceAll("'", `'\\''`)}'`;
}

function percented(path: string): string {
  return path.replaceAll('%', '%%');
}

async function put(file: string, script: string): Promise<void> {
  if ((await readFile(file, 'utf8').catch(missing)) === script) return;
  const part = `${file}.${process.pid}.part`;
  await writeFile(part, script, { mode: 0o700 });
  await chmod(part, 0o700);
  await rename(part, file);
}

function missing(error: unknown): undefined {
  if (!isMissing(error)) throw error;
}
