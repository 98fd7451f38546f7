import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Calls what a tool's settings name for an event, as the tools do: by a shell, the payload on standard input. */
export async function callHook(settings: string, event: string, payload: object, cwd: string): Promise<void> {
  const { hooks } = JSON.parse(readFileSync(settings, 'utf8')) as { hooks: Readonly<Record<string, unknown>> };
  const commands = commandsIn(hooks[event]);
  if (commands.length === 0) throw new Error(`${settings} calls nothing at ${event}`);
  for (const command of commands) await call(command, payload, cwd);
}

/** Entries are commands, or groups of them. */
function commandsIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(commandsIn);
  if (typeof value !== 'object' || value === null) return [];
  if ('command' in value && typeof value.command === 'string') return [value.command];
  return 'hooks' in value ? commandsIn(value.hooks) : [];
}

function call(command: string, payload: object, cwd: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, cwd, stdio: ['pipe', 'ignore', 'inherit'] });
    child.on('error', reject);
    child.on('exit', code => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}`))));
    child.stdin.end(JSON.stringify(payload));
  });
}
