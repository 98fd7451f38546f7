import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readTraceRecord } from '../../../../src/agents/importing/agentTrace.ts';
import { readGitAiNote } from '../../../../src/agents/importing/gitAiNote.ts';
import { toolsNamed } from '../../../../src/agents/importing/trailers.ts';

describe('what a commit says of AI tools', () => {
  const named: readonly (readonly [string, string])[] = [
    ['Co-Authored-By: Claude <noreply@anthropic.com>', 'claude-code'],
    ['Co-Authored-By: Claude Opus 4.5 <noreply@anthropic.com>', 'claude-code anthropic/claude-opus-4.5'],
    ['🤖 Generated with [Claude Code](https://claude.com/claude-code)', 'claude-code'],
    ['Co-authored-by: aider (gpt-4o) <aider@aider.chat>', 'aider openai/gpt-4o'],
    ['Co-authored-by: Copilot <175728472+Copilot@users.noreply.github.com>', 'copilot'],
    ['Co-authored-by: Cursor <cursoragent@cursor.com>', 'cursor'],
    ['Assisted-by: Claude:claude-3-opus', 'claude-code anthropic/claude-3-opus'],
    ['Generated-by: Codex', 'codex'],
    ['Co-authored-by: Claude Monet <monet@example.org>', ''],
    ['Co-authored-by: Ана Курсор <ana@example.org>', ''],
    ['Made with cursor keys', ''],
    ['Fix the copilot test', ''],
    ['Reviewed-by: Claude <noreply@anthropic.com>', ''],
  ];
  for (const [line, expected] of named) {
    it(`${line}: ${expected || 'nobody'}`, () => {
      const found = toolsNamed(`Subject\n\n${line}\n`);
      assert.equal(found.map(({ agent, model }) => [agent, model].filter(Boolean).join(' ')).join(), expected);
      assert.ok(
        found.every(({ said }) => !/<|@/.test(said)),
        'no address is taken',
      );
    });
  }

  it('aider signs behind the person’s name', () => {
    assert.deepEqual(
      toolsNamed('Fix', ['Dana (aider)', 'Dana']).map(({ agent }) => agent),
      ['aider'],
    );
    assert.deepEqual(toolsNamed('Fix', ['Dana', 'Dana']), []);
  });

  it('no message, note or record makes it throw', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), text => void [toolsNamed(text), readGitAiNote(text)]));
    fc.assert(fc.property(fc.jsonValue(), value => void readTraceRecord(value)));
    const note = fc.jsonValue().map(value => `a\n  b 1-2\n---\n${JSON.stringify(value)}`);
    fc.assert(fc.property(note, text => void readGitAiNote(text)));
    const like = fc.record({ prompts: fc.jsonValue(), sessions: fc.jsonValue() });
    const near = like.map(
      value => `a\n  b 1\n---\n${JSON.stringify({ schema_version: 'authorship/3.0.0', ...value })}`,
    );
    fc.assert(fc.property(near, text => void readGitAiNote(text)));
  });
});
