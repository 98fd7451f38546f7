import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { AgentRecords } from '../../../../src/agents/agent.ts';
import { CopilotEvents } from '../../../../src/agents/tools/copilotEvents.ts';
import { copilotOtel } from '../../../../src/agents/tools/copilotOtel.ts';
import { said, type Told, tool, traceFile, traceStore, turn } from '../traceStore.ts';
import { cleanFolders, folder } from '../transcript.ts';
import { CopilotLog } from './copilotLog.ts';

const call = 'call_0123456789abcdef';
const input = { filePath: '/work/a.md', oldString: 'o', newString: 'n' };

const forms: readonly (readonly [name: string, write: (place: string, spans: readonly Told[]) => string])[] = [
  ['a file of lines', (place, spans) => traceFile(join(place, 'copilot-otel.jsonl'), spans)],
  ['a store', (place, spans) => traceStore(join(place, 'agent-traces.db'), spans)],
];

for (const [name, write] of forms) {
  describe(`Copilot's traces in ${name}`, () => {
    afterEach(cleanFolders);
    const read = (spans: readonly Told[]): Promise<AgentRecords> => copilotOtel.reader(write(folder(), spans)).read();

    it('a turn is its prompt, its answer and its edits', async () => {
      const asked = { 'copilot_chat.user_request': '<context>x</context>\n<userRequest>\nShorten it\n</userRequest>' };
      const told = { ...asked, 'gen_ai.output.messages': said('assistant', 'Done.'), 'gen_ai.request.model': 'gpt-5' };
      const steps = [
        tool('step-1', `${call}__vscode-3`, 'replace_string_in_file', input),
        tool('step-2', `${call}2`, 'copilot_createFile', { filePath: '/work/b.md', content: 'x' }, { failed: true }),
        tool('step-3', `${call}3`, 'readFile', { filePath: '/work/b.md' }),
        turn('part', {}, { parent: 'step-3' }),
      ];
      const { prompts, answers, edits, problems } = await read([...steps, turn('turn', told)]);
      assert.deepEqual(
        prompts.map(({ text, model, time }) => [text, model, time]),
        [['Shorten it', 'openai/gpt-5', Date.UTC(2026, 0, 2, 10)]],
      );
      assert.deepEqual(
        answers.map(({ text, prompt }) => [text, prompt]),
        [['Done.', prompts[0]!.id]],
      );
      assert.deepEqual(
        edits.map(({ id, file, replaced, prompt, time }) => [id, file, replaced?.new, prompt, time]),
        [[`copilot:talk:${call}`, '/work/a.md', 'n', prompts[0]!.id, Date.UTC(2026, 0, 2, 10, 0, 1, 500)]],
      );
      assert.deepEqual(problems, []);
    });

    it('a prompt in the messages is read too; without content there is nothing', async () => {
      const asked = { 'gen_ai.input.messages': said('user', 'Shorten it') };
      const none = turn('none', {}, { trace: 'other' });
      const { prompts, answers, edits } = await read([none, turn('turn', asked)]);
      assert.deepEqual([prompts.map(({ text }) => text), answers, edits], [['Shorten it'], [], []]);
    });

    it('its ids are those of the transcript', async () => {
      const log = new CopilotLog(join(folder(), 'talk.jsonl'));
      log.prompt('Shorten it').call(call, 'replace_string_in_file', input).says('Done.');
      const events = await new CopilotEvents(log.file).read();
      const told = { 'copilot_chat.user_request': 'Shorten it', 'gen_ai.output.messages': said('assistant', 'Done.') };
      const traces = await read([tool('step', call, 'replaceString', input), turn('turn', told)]);
      const ids = ({ prompts, answers, edits }: AgentRecords): string[] =>
        [...prompts, ...answers, ...edits].map(({ id }) => id);
      assert.deepEqual(ids(traces), ids(events));
    });
  });
}

describe("Copilot's traces", () => {
  afterEach(cleanFolders);

  it('what comes later is given later, once', async () => {
    const place = folder();
    const asked = (text: string): Record<string, string> => ({ 'copilot_chat.user_request': text });
    const file = traceStore(join(place, 'agent-traces.db'), [turn('turn-1', asked('One'))]);
    const reader = copilotOtel.reader(file);
    const told: string[][] = [];
    told.push((await reader.read()).prompts.map(({ text }) => text));
    traceStore(file, [turn('turn-2', asked('Two'))]);
    for (let again = 0; again < 2; again++) told.push((await reader.read()).prompts.map(({ text }) => text));
    assert.deepEqual(told, [['One'], ['Two'], []]);
  });

  it('lie in the editor’s data and where the environment says', () => {
    const env = { HOME: '/home/a', COPILOT_OTEL_FILE_EXPORTER_PATH: '/tmp/otel/copilot-otel.jsonl' };
    const places = copilotOtel.places('/work', { env, platform: 'linux' });
    assert.ok(places.includes('/home/a/.config/Code/User/globalStorage/github.copilot-chat'));
    assert.equal(places.at(-1), '/tmp/otel');
    for (const name of ['agent-traces.db', 'agent-host-traces.db', 'copilot-otel.jsonl']) {
      assert.ok(copilotOtel.isRecord(name), name);
    }
    for (const name of ['session-store.db', 'talk.jsonl']) assert.ok(!copilotOtel.isRecord(name), name);
  });
});
