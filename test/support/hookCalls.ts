import { spawn } from 'node:child_process';

/** Calls a hook as tools do: a command line in a shell, the payload on standard input; what it answers. Fails unless it ends with 0. */
export function callHook(command: string, payload: object, cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, { shell: true, cwd });
    let said = '';
    for (const end of [child.stdout, child.stderr]) end.on('data', part => (said += part));
    child.on('error', reject);
    child.on('close', code =>
      code === 0 ? resolve(said) : reject(new Error(`${command} ended with ${code}: ${said}`)),
    );
    child.stdin.end(JSON.stringify(payload));
  });
}

/** One thing that Claude Code was asked in a folder and did to a file there. */
export interface HookTurn {
  readonly session: string;
  readonly folder: string;
  readonly prompt: string;
  /** Absolute path. */
  readonly file: string;
  readonly before: string;
  readonly old: string;
  readonly new: string;
}

/** What Claude Code tells its hooks of a turn: when it is asked, and when the call is done. */
export function claudePayloads({ session, folder, prompt, file, before, old, ...turn }: HookTurn): [object, object] {
  const about = { session_id: session, transcript_path: `/nowhere/${session}.jsonl`, cwd: folder };
  const edit = { old_string: old, new_string: turn.new };
  const used = {
    hook_event_name: 'PostToolUse',
    tool_name: 'Edit',
    tool_use_id: `toolu_${session}`,
    tool_input: { file_path: file, ...edit, replace_all: false },
    tool_response: { filePath: file, oldString: old, newString: turn.new, originalFile: before },
  };
  return [
    { ...about, hook_event_name: 'UserPromptSubmit', prompt },
    { ...about, ...used },
  ];
}
