import assert from 'node:assert/strict';
import { applied, patchIn, placesOf } from '../../../../src/agents/tools/codexEdit.ts';
import { success } from './codexSample.ts';

const failed = 'apply_patch verification failed: Failed to find expected lines in a.md';

describe('codexEdit', () => {
  const calls: readonly (readonly [string, object, object | undefined])[] = [
    ['free form', { name: 'apply_patch', input: 'P' }, { patch: 'P' }],
    ['arguments', { name: 'apply_patch', arguments: '{"input":"P"}' }, { patch: 'P' }],
    ['arguments that are no text', { name: 'apply_patch', arguments: { patch: 'P' } }, { patch: 'P' }],
    ['a shell document', shell("apply_patch <<'EOF'\nP\n*** End Patch\nEOF\n"), { patch: 'P\n*** End Patch' }],
    [
      'in a folder',
      shell('cd sub && apply_patch <<EOF\nP\n*** End Patch\nEOF', '/w'),
      { patch: 'P\n*** End Patch', folder: '/w/sub' },
    ],
    ['words', { name: 'shell', arguments: JSON.stringify({ command: ['apply_patch', 'P'] }) }, { patch: 'P' }],
    [
      'local shell',
      { type: 'local_shell_call', action: { command: ['apply_patch', 'P'], working_directory: '/w' } },
      { patch: 'P', folder: '/w' },
    ],
    ['not with another command behind it', shell("apply_patch <<'EOF'\nP\n*** End Patch\nEOF\nnpm test"), undefined],
    ['no patch', shell('ls'), undefined],
  ];
  for (const [what, call, is] of calls) it(`patchIn: ${what}`, () => assert.deepEqual(patchIn({ ...call }), is));

  const outputs: readonly (readonly [unknown, boolean | undefined])[] = [
    [success, true],
    ['{"output":"x","metadata":{"exit_code":1}}', false],
    ['Exit code: 0\nWall time: 0.1 seconds\nOutput:\nDone', true],
    ['Process exited with code 2', false],
    ['Success. Updated the following files:\nA a', true],
    [{ content: 'x', success: true }, true],
    [[{ type: 'input_text', text: 'Exit code: 0' }], true],
    ['patch rejected by user', false],
    [failed, false],
    [undefined, undefined],
    ['Hm.', undefined],
  ];
  for (const [output, is] of outputs) {
    it(`applied: ${JSON.stringify(output)}`, () => assert.equal(applied(output), is));
  }

  it('reads a unified diff, where a last line has no end', () => {
    const diff =
      '--- a\n+++ b\n@@ -1,2 +1,2 @@\n kept\n-old\n\\ No newline at end of file\n+new\n\\ No newline at end of file\n@@ -9 +9,0 @@\n--- x\n';
    assert.deepEqual(placesOf(diff), [
      { old: 'kept\nold', new: 'kept\nnew', all: false },
      { old: '-- x\n', new: '', all: false },
    ]);
  });
});

function shell(cmd: string, workdir?: string): object {
  return { type: 'function_call', name: 'exec_command', arguments: JSON.stringify({ cmd, workdir }) };
}
