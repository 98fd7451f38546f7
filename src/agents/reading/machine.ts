import { homedir } from 'node:os';
import { join } from 'node:path';

/** What tells where tools keep their records: given, so that a server, a container or a test can be anywhere. */
export interface Machine {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** User-data folders of editors (they hold `User/globalStorage`) beside the usual ones: of the one that runs now. */
  readonly editorData?: readonly string[];
}

/** Editors of VS Code's family, by the names of their user-data folders. */
const editors = ['Code', 'Code - Insiders', 'VSCodium', 'Cursor', 'Windsurf', 'Kiro', 'Trae', 'Positron'];

export function homeOf({ env, platform }: Machine): string {
  return (platform === 'win32' ? env.USERPROFILE : env.HOME) || homedir();
}

/** The folder of applications' data: `%APPDATA%`, `~/Library/Application Support`, `$XDG_CONFIG_HOME` or `~/.config`. */
export function applicationData(machine: Machine): string {
  const { env, platform } = machine;
  if (platform === 'win32') return env.APPDATA || join(homeOf(machine), 'AppData', 'Roaming');
  if (platform === 'darwin') return join(homeOf(machine), 'Library', 'Application Support');
  return env.XDG_CONFIG_HOME || join(homeOf(machine), '.config');
}

/** Where tools of Unix manners keep data: `$XDG_DATA_HOME` or `~/.local/share`, on Windows too. */
export function sharedData(machine: Machine): string {
  return machine.env.XDG_DATA_HOME || join(homeOf(machine), '.local', 'share');
}

/** User-data folders of all editors that may stand on the machine, those of its servers for remote work included. */
export function editorData(machine: Machine): readonly string[] {
  const data = applicationData(machine);
  const servers = ['.vscode-server', '.vscode-server-insiders', '.cursor-server', '.windsurf-server'];
  return [
    ...new Set([
      ...(machine.editorData ?? []),
      ...editors.map(name => join(data, name)),
      ...servers.map(name => join(homeOf(machine), name, 'data')),
    ]),
  ];
}
