import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Agent, AgentRecords } from '../../../../src/agents/agent.ts';
import { AgentWatch } from '../../../../src/agents/following/watch.ts';
import type { Machine } from '../../../../src/agents/reading/machine.ts';
import { agentHost } from '../../../../src/agents/tools/agentHost.ts';
import { ChatSessionReader } from '../../../../src/agents/tools/chatSession.ts';
import { copilotChat, copilotEdits } from '../../../../src/agents/tools/copilotChat.ts';
import { copilotCli } from '../../../../src/agents/tools/copilotCli.ts';
import { CopilotEvents } from '../../../../src/agents/tools/copilotEvents.ts';
import { copilotOtel } from '../../../../src/agents/tools/copilotOtel.ts';
import { copilotTranscript } from '../../../../src/agents/tools/copilotTranscript.ts';
import { HostStore } from '../hostStore.ts';
import { cleanFolders, folder } from '../transcript.ts';
import { at, called, chat, editing, operation, request, said, session, storage, timeline, wrote } from './chatState.ts';
import { CopilotLog } from './copilotLog.ts';

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

  it('the watch gives each once, and whole texts behind what is told in less', async () => {
    const [home, work] = [folder(), folder()];
    const data = join(home, 'data');
    const machine: Machine = {
      env: { HOME: home, XDG_CONFIG_HOME: home },
      platform: process.platform,
      editorData: [data],
    };
    const file = join(work, 'a.md');
    // The Agent Host's conversation, as the harness tells it and as the host does.
    const hosted = '301561f1-558a-43e9-a144-82d3ca12ab62';
    new CopilotLog(join(home, '.copilot', 'session-state', hosted, 'events.jsonl'), { session: hosted, cwd: work })
      .prompt('Shorten it')
      .call(`${call}1`, 'edit', { path: file, old_str: 'o', new_str: 'n' })
      .says('Done.');
    new HostStore(join(data, 'agentSessionData', 'hosted', 'session.db'))
      .meta('defaultChatProviderData', { sdkSessionId: hosted })
      .turn('request_1', 'event-2')
      .edit('request_1', `${call}1`, file, 'old', 'nld')
      .close();
    // VS Code's own chat, by its session, its transcript and its editing session.
    const kept = storage(join(data, 'User', 'workspaceStorage', 'hash'), work);
    const asked = [request('1', 'Lengthen it', [wrote(file, ['n', [1, 1], [1, 2]]), said('Longer.')])];
    chat(join(kept, 'chatSessions', 'talk.jsonl'), session(asked));
    new CopilotLog(join(kept, 'GitHub.copilot-chat', 'transcripts', 'talk.jsonl'))
      .prompt('Lengthen it')
      .call(`${call}2`, 'replace_string_in_file', { filePath: file, oldString: 'l', newString: 'll' })
      .says('Longer.');
    const edits = [at('l', [1, 2], [1, 2])];
    const made = timeline([['1', file, 'nld']], [operation('textEdit', '1', file, { edits })]);
    editing(join(kept, 'chatEditingSessions', 'talk'), made);

    const given: AgentRecords[] = [];
    const onRecords = (records: AgentRecords): void => void given.push(records);
    const watch = new AgentWatch({ agents: copilotAgents, folders: [work], machine, since: 0, onRecords });
    await watch.read();
    watch.dispose();
    const all = <T>(of: (records: AgentRecords) => readonly T[]): T[] => given.flatMap(records => [...of(records)]);
    assert.deepEqual(all(({ prompts }) => prompts.map(({ text }) => text)).sort(), ['Lengthen it', 'Shorten it']);
    assert.deepEqual(all(({ answers }) => answers.map(({ text }) => text)).sort(), ['Done.', 'Longer.']);
    assert.deepEqual(
      all(({ problems }) => problems),
      [],
    );
    const told = all(({ edits }) => edits.map(({ id, before, after, agent }) => [id, before, after, agent]));
    assert.deepEqual(
      told.sort((one, two) => String(one[0]).localeCompare(String(two[0]))),
      [
        [`copilot:${hosted}:${call}1`, undefined, undefined, 'copilot'],
        [`copilot:${hosted}:${call}1~`, 'old', 'nld', 'copilot'],
        ['copilot:talk:talk-request_1-1.1', 'nld', 'nlld', 'copilot'],
        [`copilot:talk:${call}2`, undefined, undefined, 'copilot'],
      ],
    );
    const prompts = new Map(all(({ prompts }) => prompts.map(({ id, text }) => [id, text] as const)));
    const asks = all(({ edits }) => edits.map(({ prompt }) => prompts.get(prompt ?? '')));
    assert.deepEqual(asks.sort(), ['Lengthen it', 'Lengthen it', 'Shorten it', 'Shorten it']);
  });

  it('what another harness wrote under the Agent Host stays its own', async () => {
    const [home, work] = [folder(), folder()];
    const machine: Machine = { env: { HOME: home, XDG_CONFIG_HOME: home }, platform: process.platform };
    new HostStore(join(home, 'Code', 'agentSessionData', 'hosted', 'session.db'))
      .meta('claude.transport', 'proxy')
      .turn('request_1', null)
      .edit('request_1', 'toolu_1', join(work, 'a.md'), 'old', 'new')
      .close();
    const given: AgentRecords[] = [];
    const onRecords = (records: AgentRecords): void => void given.push(records);
    const watch = new AgentWatch({ agents: copilotAgents, folders: [work], machine, since: 0, onRecords });
    await watch.read();
    watch.dispose();
    assert.deepEqual(
      given.flatMap(({ edits }) => edits.map(({ id, agent, unchecked }) => [id, agent, unchecked])),
      [['claude-code:hosted:toolu_1', 'claude-code', true]],
    );
  });
});

const copilotAgents: readonly Agent[] = [
  copilotTranscript,
  copilotCli,
  copilotChat,
  copilotEdits,
  agentHost,
  copilotOtel,
];
