import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import * as vscode from 'vscode';
import {
  at,
  called,
  chat,
  editing,
  operation,
  request,
  said,
  session,
  storage,
  timeline,
  wrote,
} from '../../unit/agents/tools/chatState.ts';
import { place, type StandIn, type Turn } from './standIn.ts';

/** A line that the chat writes anew: one-based places, as its records have them. */
interface LineEdit {
  readonly line: number;
  readonly length: number;
  readonly text: string;
}

/** VS Code's own chat with its local agent: it edits through the editor, line by line, and saves; its records come late. */
export function copilotChat(folder: string): StandIn {
  const talk = randomUUID();
  const workspace = createHash('sha256').update(folder).digest('hex').slice(0, 32);
  const home = join(place('XDG_CONFIG_HOME'), 'Code', 'User', 'workspaceStorage', workspace);
  const turns: Turn[] = [];
  const common = (time: number) => ({
    timestamp: new Date(time).toISOString(),
    session_id: talk,
    transcript_path: join(home, 'GitHub.copilot-chat', 'transcripts', `${talk}.jsonl`),
  });
  const input = ({ file, old, new: text }: Turn) => ({ filePath: file, oldString: old, newString: text });
  return {
    name: 'Copilot local chat',
    hooks: {
      agent: 'copilot',
      settings: join(place('HOME'), '.copilot', 'hooks', 'holograph.json'),
      asked: 'UserPromptSubmit',
      used: 'PostToolUse',
    },
    toldAsked: ({ asked, prompt }) => ({ ...common(asked), hook_event_name: 'UserPromptSubmit', prompt }),
    toldUsed: turn => ({
      ...common(turn.made),
      hook_event_name: 'PostToolUse',
      tool_name: 'replace_string_in_file',
      tool_input: input(turn),
      tool_use_id: turn.call,
      tool_response: 'The file was edited successfully.',
    }),
    reads: file => openText(file).getText(),
    async write(turn) {
      const document = openText(turn.file);
      for (const { line, length, text } of linesOf(turn)) {
        const edit = new vscode.WorkspaceEdit();
        edit.replace(document.uri, new vscode.Range(line - 1, 0, line - 1, length), text);
        // The chat itself works on the text where it is; an extension's edit is refused if a key comes meanwhile.
        for (let tries = 50; !(await vscode.workspace.applyEdit(edit)); tries--)
          if (tries === 0) throw new Error(`${turn.file} cannot be edited`);
      }
      await document.save();
    },
    tell(turn) {
      turns.push(turn);
      storage(home, folder);
      const requests = turns.map(one =>
        request(one.id, one.prompt, [wrote(one.file, ...linesOf(one).map(rangeOf)), said('I have rewritten it.')], {
          timestamp: one.asked,
          modelState: { value: 1, completedAt: one.made },
          result: { ...called([one.call, 'replace_string_in_file', input(one)]), timings: {} },
        }),
      );
      const operations = turns.map(one =>
        operation('textEdit', one.id, one.file, { edits: linesOf(one).map(line => at(...rangeOf(line))) }),
      );
      editing(
        join(home, 'chatEditingSessions', talk),
        timeline(
          turns.map(({ id, file, before }) => [id, file, before]),
          operations,
        ),
      );
      chat(join(home, 'chatSessions', `${talk}.jsonl`), session(requests, { sessionId: talk }));
    },
  };
}

/** It works on what the editor has. */
function openText(file: string): vscode.TextDocument {
  const found = vscode.workspace.textDocuments.find(({ uri, isClosed }) => uri.fsPath === file && !isClosed);
  if (!found) throw new Error(`${file} is not open`);
  return found;
}

/** The lines that differ, which are as many before as after. */
function linesOf({ before, after }: Turn): LineEdit[] {
  const [old, now] = [before.split('\n'), after.split('\n')];
  if (old.length !== now.length) throw new RangeError('the stand-in for the chat keeps the number of lines');
  return old.flatMap((line, i) => (line === now[i] ? [] : [{ line: i + 1, length: line.length, text: now[i]! }]));
}

function rangeOf({ line, length, text }: LineEdit): Parameters<typeof at> {
  return [text, [line, 1], [line, length + 1]];
}
