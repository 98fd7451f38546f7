import { randomUUID } from 'node:crypto';

/** A transcript of Claude Code as long ones are: most of its 180 kB a turn is what the model was shown of files. */
export function longTranscript(session: string, cwd: string, file: string, turns: number): string {
  const shown = 'Line after line of some file that was read.\n'.repeat(1900);
  const original = 'Line after line of some file that was changed.\n'.repeat(170);
  const lines: string[] = [];
  const entry = (type: string, fields: object): void => {
    const about = { sessionId: session, cwd, version: '2.1.34', userType: 'external', isSidechain: false };
    lines.push(JSON.stringify({ ...about, type, ...fields, uuid: randomUUID(), timestamp: new Date().toISOString() }));
  };
  const calls = (id: string, name: string, input: object): void => {
    const content = [{ type: 'tool_use', id, name, input }];
    entry('assistant', { message: { role: 'assistant', model: 'claude-opus-5', id: `msg_${id}`, content } });
  };
  const results = (id: string, content: string, toolUseResult: object): void =>
    entry('user', {
      message: { role: 'user', content: [{ tool_use_id: id, type: 'tool_result', content }] },
      toolUseResult,
    });
  for (let turn = 0; turn < turns; turn++) {
    entry('user', { message: { role: 'user', content: `Turn ${turn}` } });
    calls(`toolu_read_${turn}`, 'Read', { file_path: file });
    results(`toolu_read_${turn}`, shown, { type: 'text', file: { filePath: file, content: shown } });
    const edit = { file_path: file, old_string: `before ${turn}`, new_string: `after ${turn}` };
    calls(`toolu_edit_${turn}`, 'Edit', edit);
    const made = { filePath: file, oldString: edit.old_string, newString: edit.new_string };
    results(`toolu_edit_${turn}`, 'Done', {
      ...made,
      originalFile: `${original}before ${turn}\n`,
      structuredPatch: [],
    });
  }
  return `${lines.join('\n')}\n`;
}
