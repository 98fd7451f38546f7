import assert from 'node:assert/strict';
import { join } from 'node:path';
import { ChatSessionReader } from '../../../src/agents/chatSession.ts';
import { CopilotEvents } from '../../../src/agents/copilotEvents.ts';
import { called, chat, request, said, session, wrote } from './chatState.ts';
import { CopilotLog } from './copilotLog.ts';
import { cleanFolders, folder } from './transcript.ts';

/** What several of Copilot's stores tell has one id, so that it counts once. */
describe('one conversation in several of Copilot’s stores', () => {
  afterEach(cleanFolders);
  const call = 'toolu_vrtx_01UAL9wRmnDUwNjStDn4qhne';
  const input = { filePath: '/work/a.md', oldString: 'o', newString: 'n' };

  it('prompts, answers and calls have one id', async () => {
    const log = new CopilotLog(join(folder(), 'talk.jsonl'));
    log.prompt('Shorten it').call(`${call}__vscode-1`, 'replace_string_in_file', input).says('Done.');
    log.prompt('Continue').says('Done.').prompt('Continue').says('Done.');
    const group = wrote('/work/a.md', ['n', [1, 1], [1, 2]]);
    const file = chat(
      join(folder(), 'chatSessions', 'talk.jsonl'),
      session([
        request('1', 'Shorten it', [group, said('Done.')], {
          result: called([`${call}__vscode-2`, 'replace_string_in_file', input]),
        }),
        request('2', 'Continue', [said('Done.')]),
        request('3', 'Continue', [said('Done.')]),
      ]),
    );
    const [events, told] = [await new CopilotEvents(log.file).read(), await new ChatSessionReader(file).read()];
    const ids = (records: readonly { id: string }[]): string[] => records.map(({ id }) => id);
    assert.equal(new Set(ids(events.prompts)).size, 3);
    assert.deepEqual(ids(told.prompts), ids(events.prompts));
    assert.deepEqual(ids(told.answers), ids(events.answers));
    assert.equal(told.answers.length, 3);
    assert.deepEqual(ids(told.edits), ids(events.edits));
    assert.deepEqual(ids(told.edits), [`copilot:talk:${call}`]);
  });

  it('a record that is written anew, with other ids of its own, tells nothing twice', async () => {
    const first = new CopilotLog(join(folder(), 'talk.jsonl')).prompt('Shorten it').says('Done.');
    const again = new CopilotLog(join(folder(), 'talk.jsonl'))
      .line('session.info', {})
      .prompt('Shorten it')
      .says('Done.');
    const [one, two] = [await new CopilotEvents(first.file).read(), await new CopilotEvents(again.file).read()];
    assert.deepEqual([two.prompts[0]?.id, two.answers[0]?.id], [one.prompts[0]?.id, one.answers[0]?.id]);
  });
});
