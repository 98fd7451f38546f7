import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { fields, list, text } from '../../../../src/agents/reading/json.ts';
import { ChatSessionReader } from '../../../../src/agents/tools/chatSession.ts';

/** Counted apart from the reader: requests of the last state of each list, and what their answers say was edited. */
describe("VS Code's chat sessions on real samples", () => {
  const samples = new URL('../../../../../shared/fixtures/agents/git-ai/', import.meta.url);
  before(function () {
    if (existsSync(samples)) return;
    console.log('      skipped: ../shared/fixtures/agents is not there');
    this.skip();
  });

  const told: readonly (readonly [file: string, prompts: number, edits: number])[] = [
    ['copilot_session_simple.jsonl', 3, 1],
    ['copilot_session_multiline.jsonl', 2, 1],
    ['copilot_session_empty_then_patched.jsonl', 1, 0],
  ];
  for (const [name, prompts, edits] of told) {
    it(name, async () => {
      const path = new URL(name, samples).pathname;
      const lines = readFileSync(path, 'utf8').split('\n').filter(Boolean);
      const entries = lines.map(line => fields(JSON.parse(line))!);
      const requests = entries
        .flatMap(({ kind, k, v }) =>
          kind === 0 ? list(fields(v)?.requests) : list(k)[0] === 'requests' ? list(v) : [],
        )
        .map(value => fields(value)!);
      const records = await new ChatSessionReader(path).read();
      assert.deepEqual(
        records.prompts.map(prompt => prompt.text),
        requests.map(({ message }) => text(fields(message)?.text)),
      );
      const groups = requests.flatMap(({ response }) => list(response).filter(part => fields(part)?.uri !== undefined));
      const files = groups.map(fields).filter(part => part?.kind === 'textEditGroup');
      assert.deepEqual(
        records.edits.map(({ file }) => file),
        files.map(part => text(fields(part?.uri)?.fsPath)),
      );
      assert.deepEqual(
        [records.prompts.length, records.edits.length, records.answers.length],
        [prompts, edits, prompts],
      );
      assert.deepEqual(records.problems, []);
      const raw = readFileSync(path, 'utf8');
      for (const { replaced } of records.edits) {
        // Arguments stand as JSON in JSON.
        const [once, twice] = [JSON.stringify(replaced?.new).slice(1, -1), JSON.stringify(replaced?.old).slice(1, -1)];
        for (const part of [once, twice])
          assert.ok(raw.includes(part) || raw.includes(JSON.stringify(part).slice(1, -1)));
      }
    });
  }
});
