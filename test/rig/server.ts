import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { editor } from './editor.ts';
import { type Gate, gateVariable } from './gate.ts';
import { end, launch, run, temporaryFolder } from './processes.ts';
import { Failure } from './progress.ts';

export interface ServerOptions {
  readonly gate: Gate;
  /** 0, the default, takes any free port. */
  readonly port?: number;
  /** Asked from every browser when given; without it any local process may connect, which only tests do. */
  readonly token?: string;
  /** Installed extensions; a fresh folder if absent. */
  readonly extensionsDir?: string;
  /** Folders of extensions to install into a fresh `extensionsDir` as they are. */
  readonly install?: readonly string[];
  readonly dataDir?: string;
  /** Environment for the server, its extension hosts and terminals. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly onLine?: (line: string) => void;
}

export interface Server {
  readonly port: number;
  readonly token: string | undefined;
  readonly dataDir: string;
  readonly extensionsDir: string;
  /** All that the server has printed, for failure messages. */
  log(): string;
  stop(): Promise<void>;
}

const patience = 60_000;

// Only what keeps the window quiet: nothing that changes how text is edited.
const quietSettings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.enableExperiments': false,
  'window.commandCenter': false,
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'extensions.ignoreRecommendations': true,
  'git.openRepositoryInParentFolders': 'never',
  'files.simpleDialog.enable': true,
  // As on the desktop; in the browser VS Code saves by itself.
  'files.autoSave': 'off',
};

/** Starts a VS Code server on the loopback address and resolves when it listens. */
export async function startServer(options: ServerOptions): Promise<Server> {
  const folder = await editor();
  const dataDir = options.dataDir ?? temporaryFolder('server');
  const extensionsDir = options.extensionsDir ?? join(dataDir, 'extensions');
  for (const source of options.install ?? [])
    cpSync(source, join(extensionsDir, basename(source)), { recursive: true });
  writeSettings(dataDir, { ...quietSettings, ...options.settings });

  const lines: string[] = [];
  let listening: (port: number) => void = () => undefined;
  let failed: (error: Failure) => void = () => undefined;
  const ready = new Promise<number>((resolve, reject) => {
    listening = resolve;
    failed = reject;
  });
  const onLine = (line: string): void => {
    lines.push(line);
    options.onLine?.(line);
    const port = /Extension host agent listening on (\d+)/.exec(line)?.[1];
    if (port !== undefined) listening(Number(port));
  };
  const child = launch(
    process.execPath,
    [join(folder, 'out/server-main.js'), ...flags(options, dataDir, extensionsDir)],
    {
      cwd: dataDir,
      // No gallery: nothing that the rig starts asks any other machine for anything.
      env: { ...cleanEnvironment(), EXTENSIONS_GALLERY: '{}', ...options.env, [gateVariable]: options.gate },
      onLine,
    },
  );
  const advice = 'Delete the folder .cache and run the command again; it is prepared afresh.';
  child.once('exit', code =>
    failed(new Failure(`The VS Code server ended with code ${code}:\n${lines.join('\n')}`, advice)),
  );
  const timer = setTimeout(() => {
    failed(new Failure(`The VS Code server did not listen within a minute:\n${lines.join('\n')}`, advice));
  }, patience);
  try {
    const port = await ready;
    return { port, token: options.token, dataDir, extensionsDir, log: () => lines.join('\n'), stop: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** Installs a VSIX from disk as a person would by `code --install-extension`, without any network. */
export async function installExtension(vsix: string, dataDir: string, extensionsDir: string): Promise<void> {
  const folder = await editor();
  const result = await run(
    process.execPath,
    [
      join(folder, 'out/server-main.js'),
      '--accept-server-license-terms',
      ...['--server-data-dir', dataDir, '--extensions-dir', extensionsDir, '--install-extension', vsix, '--force'],
    ],
    { cwd: dataDir, env: { ...cleanEnvironment(), EXTENSIONS_GALLERY: '{}' }, limit: patience },
  );
  if (result.code !== 0 || !/successfully installed/.test(result.output)) {
    throw new Failure(
      `VS Code refused ${vsix}:\n${result.output}`,
      'Read its message above; npm run package makes the file.',
    );
  }
}

function flags(options: ServerOptions, dataDir: string, extensionsDir: string): string[] {
  return [
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0)],
    ...['--server-data-dir', dataDir, '--extensions-dir', extensionsDir],
    ...['--accept-server-license-terms', '--disable-workspace-trust', '--telemetry-level', 'off'],
    '--enable-smoke-test-driver',
    ...(options.token === undefined ? ['--without-connection-token'] : ['--connection-token', options.token]),
  ];
}

/** The rig may itself run in a VS Code terminal, whose variables would steer the server. */
function cleanEnvironment(): Record<string, undefined> {
  const names = Object.keys(process.env).filter(name => /^(VSCODE_|ELECTRON_|NODE_OPTIONS$|npm_)/.test(name));
  return Object.fromEntries(names.map(name => [name, undefined]));
}

function writeSettings(dataDir: string, settings: Readonly<Record<string, unknown>>): void {
  for (const scope of ['User', 'Machine']) {
    const folder = join(dataDir, 'data', scope);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'settings.json'), `${JSON.stringify(settings, null, 2)}\n`);
  }
}
