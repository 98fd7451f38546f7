import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CopilotLog } from './copilotLog.ts';
import { Transcript } from './transcript.ts';

/** Writes a small record into the folder as the tool does, with a prompt and an edit in it, and gives its path. */
export type ReaderSample = (folder: string) => string;

/** One for each agent, by its name. */
export const readerSamples: Readonly<Record<string, ReaderSample>> = {
  'claude-code'(folder) {
    const talk = new Transcript(join(folder, 'talk.jsonl'));
    talk.prompt('Shorten it').edit('call', '/work/a.md', 'A long text', 'long ', '').says('Done.');
    return talk.file;
  },
  aider(folder) {
    const file = join(folder, '.aider.chat.history.md');
    const block = 'a.md\n```\n<<<<<<< SEARCH\nlong\n=======\n\n>>>>>>> REPLACE\n```';
    const model = '> Main model: gpt-5 with diff edit format  ';
    const told = '> Applied edit to a.md  \n> Commit a1b2c3d shorter  ';
    const undone = '#### /undo  \n> Removed: a1b2c3d shorter  ';
    const began = '# aider chat started at 2026-01-02 10:00:00';
    writeFileSync(file, `${[began, model, '#### Shorten it  ', block, told, undone].join('\n\n')}\n`);
    return file;
  },
  'copilot-transcript': folder =>
    new CopilotLog(join(folder, 'GitHub.copilot-chat', 'transcripts', 'talk.jsonl'))
      .prompt('Shorten it')
      .call('call_0123456789abcdef', 'replace_string_in_file', {
        filePath: '/work/a.md',
        oldString: 'A',
        newString: 'B',
      })
      .says('Done.').file,
  'copilot-cli': folder =>
    new CopilotLog(join(folder, 'talk', 'events.jsonl'), { cwd: '/work' })
      .prompt('Write it')
      .call('call_0123456789abcdef', 'create', { path: '/work/a.md', file_text: 'A long text' })
      .line('session.snapshot_rewind', { upToEventId: 'event-2', eventsRemoved: 3 }).file,
};
