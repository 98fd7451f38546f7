import assert from 'node:assert/strict';
import fc from 'fast-check';
import { type FilePatch, filesOf, patched } from '../../../src/agents/codexPatch.ts';

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
  const shown = places.map(place => `${place.headings.join('/')}[${place.old}>${place.new}${place.atEnd ? '$' : ''}]`);
  return [`${file}${to ? `>${to}` : ''}`, ...shown].join(' ');
}

describe('codexPatch', () => {
  describe('filesOf', () => {
    const cases: readonly (readonly [string, string, string])[] = [
      ['a file to add', patch('*** Add File: a', '+x', '+', '+y'), '"+a x\\n\\ny\\n"'],
      ['a file to delete', patch('*** Delete File: a'), '"-a"'],
      ['one place', patch('*** Update File: a', '@@', ' k', '-o', '+n'), '"a [k\\no\\n>k\\nn\\n]"'],
      ['a place without its mark', patch('*** Update File: a', '-o', '+n'), '"a [o\\n>n\\n]"'],
      ['headings', patch('*** Update File: a', '@@ class A', '@@ f()', '-o'), '"a class A/f()[o\\n>]"'],
      ['two places', patch('*** Update File: a', '@@', '-o', '@@ f', '+n'), '"a [o\\n>] f[>n\\n]"'],
      ['the end of the file', patch('*** Update File: a', '@@', '+n', '*** End of File'), '"a [>n\\n$]"'],
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

  describe('patched', () => {
    const cases: readonly (readonly [string, string, readonly string[], string | undefined])[] = [
      ['at its place', 'a\nb\nc\n', ['@@', ' a', '-b', '+B'], 'a\nB\nc\n'],
      ['behind its heading', 'x\nf\nx\n', ['@@ f', '-x', '+y'], 'x\nf\ny\n'],
      ['in order', 'x\nx\nx\n', ['@@', '-x', '+1', '@@', '-x', '+2'], '1\n2\nx\n'],
      ['at the end', 'x\na\nx\n', ['@@', '-x', '+y', '*** End of File'], 'x\na\ny\n'],
      ['new lines alone', 'a\n', ['@@', '+b'], 'a\nb\n'],
      ['into an empty text', '', ['@@', '+b'], 'b\n'],
      ['to nothing', 'a\n', ['@@', '-a'], ''],
      ['no such line', 'a\n', ['@@', '-b'], undefined],
      ['white space differs', ' a\n', ['@@', '-a'], undefined],
      ['no such heading', 'a\n', ['@@ f', '-a'], undefined],
      ['backwards', 'a\nb\n', ['@@', '-b', '@@', '-a'], undefined],
      ['the last line has no end', 'a\nb', ['@@', '-a'], undefined],
    ];
    for (const [what, before, lines, is] of cases) {
      it(what, () => {
        const file = filesOf(patch('*** Update File: a', ...lines))?.[0];
        assert.equal(file?.kind === 'update' ? patched(before, file.places) : 'malformed', is);
      });
    }
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
        assert.equal(patched(`${old.join('\n')}\n`, file.places), `${next.join('\n')}\n`);
      }),
    );
  });
});
