import assert from 'node:assert/strict';
import fc from 'fast-check';
import { patchIn } from '../../../../src/agents/tools/codexEdit.ts';
import { type FilePatch, filesOf } from '../../../../src/agents/tools/codexPatch.ts';

const patch = (...lines: string[]) => ['*** Begin Patch', ...lines, '*** End Patch'].join('\n');

/** One word a file: `+a`, `-a`, `a` or `a>b`, with its places `old>new`. */
function picture(files: readonly FilePatch[] | undefined): string {
  if (!files) return 'none';
  return files.map(file => JSON.stringify(file.kind === 'update' ? update(file) : added(file))).join(' ');
}

function added(file: Exclude<FilePatch, { kind: 'update' }>): string {
  return file.kind === 'add' ? `+${file.file} ${file.text}` : `-${file.file}`;
}

function update({ file, to, places }: Extract<FilePatch, { kind: 'update' }>): string {
  const shown = places.map(place => `[${place.old}>${place.new}]`);
  return [`${file}${to ? `>${to}` : ''}`, ...shown].join(' ');
}

describe('codexPatch', () => {
  describe('filesOf', () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ['a file to add', patch('*** Add File: a', '+x', '+', '+y'), '"+a x\\n\\ny\\n"'],
      ['a file to delete', patch('*** Delete File: a'), '"-a"'],
      ['one place', patch('*** Update File: a', '@@', ' k', '-o', '+n'), '"a [k\\no\\n>k\\nn\\n]"'],
      ['a place without its mark', patch('*** Update File: a', '-o', '+n'), '"a [o\\n>n\\n]"'],
      ['headings', patch('*** Update File: a', '@@ class A', '@@ f()', '-o'), '"a [o\\n>]"'],
      ['two places', patch('*** Update File: a', '@@', '-o', '@@ f', '+n'), '"a [o\\n>] [>n\\n]"'],
      ['the end of the file', patch('*** Update File: a', '@@', '+n', '*** End of File'), '"a [>n\\n]"'],
      ['a new name', patch('*** Update File: a', '*** Move to: b', '@@', '-o'), '"a>b [o\\n>]"'],
      ['a new name alone', patch('*** Update File: a', '*** Move to: b'), '"a>b"'],
      ['an empty line whose space was lost', patch('*** Update File: a', '@@', '', '+n'), '"a [\\n>\\nn\\n]"'],
      ['several files', patch('*** Delete File: a', '*** Add File: b', '+x'), '"-a" "+b x\\n"'],
      ['a shell document', `apply_patch <<'EOF'\n${patch('*** Delete File: a')}\nEOF\n`, '"-a"'],
      ['line ends of Windows', patch('*** Add File: a', '+x').replaceAll('\n', '\r\n'), '"+a x\\n"'],
      [
        'markers as content',
        patch('*** Update File: a', '@@', ' *** End Patch', '+*** x'),
        '"a [*** End Patch\\n>*** End Patch\\n*** x\\n]"',
      ],
      ['no end', '*** Begin Patch\n*** Delete File: a', 'none'],
      ['no file', patch(), 'none'],
      ['an unknown mark', patch('*** Copy File: a'), 'none'],
      ['a line without a sign', patch('*** Update File: a', '@@', 'x'), 'none'],
      ['text to add without its sign', patch('*** Add File: a', 'x'), 'none'],
    ];
    for (const [what, text, is] of cases) it(what, () => assert.equal(picture(filesOf(text)), is));
  });

  it('takes no longer for a patch of many files, or of none', () => {
    const many = patch(...Array.from({ length: 20_000 }, (_, at) => `*** Delete File: ${at}`));
    assert.equal(filesOf(many)?.length, 20_000);
    const shell = (text: string) => patchIn({ name: 'shell', arguments: JSON.stringify({ cmd: text }) });
    assert.equal(shell(`apply_patch <<EOF\n${'\n'.repeat(1_000_000)}`), undefined);
    assert.equal(shell(`apply_patch <<EOF\n${'\n*** End Patch\n \n'.repeat(20_000)}`), undefined);
  });

  it('gives back any text that was put into a patch', () => {
    const lines = fc.array(
      fc.string({ unit: 'grapheme' }).map(line => line.replace(/[\r\n]/g, '')),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(lines, lines, (old, next) => {
        const text = patch('*** Update File: a', '@@', ...old.map(line => `-${line}`), ...next.map(line => `+${line}`));
        const file = filesOf(text)?.[0];
        assert.ok(file?.kind === 'update');
        assert.deepEqual(file.places, [{ old: `${old.join('\n')}\n`, new: `${next.join('\n')}\n` }]);
      }),
    );
  });
});
