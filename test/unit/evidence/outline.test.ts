import assert from 'node:assert/strict';
import fc from 'fast-check';
import { outlineOf } from '../../../src/evidence/outline.ts';

/** Each part as `unit level title: text`. */
function shown(path: string, text: string): string[] {
  return outlineOf(path, text).map(
    ({ unit, level, title, from, to }) => `${unit} ${level} ${title}: ${JSON.stringify(text.slice(from, to))}`,
  );
}

describe('outline', () => {
  const cases: readonly (readonly [string, string, string, readonly string[]])[] = [
    ['no headings', 'a.md', 'one\ntwo\n', []],
    ['headings', 'a.md', '# A\nx\n## B #\ny\n', ['heading 1 A: "# A\\nx\\n"', 'heading 2 B: "## B #\\ny\\n"']],
    ['what stands before', 'a.md', 'x\n\n# A\n', ['front 1 : "x\\n\\n"', 'heading 1 A: "# A\\n"']],
    ['none in fenced code', 'a.md', '# A\n```sh\n# no\n```\n', ['heading 1 A: "# A\\n```sh\\n# no\\n```\\n"']],
    [
      'none in front matter',
      'a.md',
      '---\n# no\n---\n# A\n',
      ['front 1 : "---\\n# no\\n---\\n"', 'heading 1 A: "# A\\n"'],
    ],
    [
      'LaTeX',
      'a.tex',
      '\\chapter{A}\nx\n%\\section{no}\n\\section*{B}\n',
      ['heading 2 A: "\\\\chapter{A}\\nx\\n%\\\\section{no}\\n"', 'heading 3 B: "\\\\section*{B}\\n"'],
    ],
    [
      'scenes',
      'a.fountain',
      'INT. HOUSE - DAY\n\nHi.\n\n.FORCED\n...no\nИНТ. ДОМ\n',
      [
        'scene 1 INT. HOUSE - DAY: "INT. HOUSE - DAY\\n\\nHi.\\n\\n"',
        'scene 1 FORCED: ".FORCED\\n...no\\n"',
        'scene 1 ИНТ. ДОМ: "ИНТ. ДОМ\\n"',
      ],
    ],
    [
      'declarations',
      'a.ts',
      "import x from 'x';\n\nexport function f(): void {\n  g();\n}\n\nconst h = (a) => {\n};\nf();\n",
      [
        'rest 1 : "import x from \'x\';\\n\\n"',
        'declaration 1 f: "export function f(): void {\\n  g();\\n}\\n\\n"',
        'declaration 1 h: "const h = (a) => {\\n};\\n"',
        'rest 1 : "f();\\n"',
      ],
    ],
    [
      'Python',
      'a.py',
      'def f():\n    pass\n\nx = 1\n',
      ['declaration 1 f: "def f():\\n    pass\\n\\n"', 'rest 1 : "x = 1\\n"'],
    ],
    [
      'C',
      'a.c',
      'static int *f(int a)\n{\n  return a;\n}\n',
      ['declaration 1 f: "static int *f(int a)\\n{\\n  return a;\\n}\\n"'],
    ],
    ['of a kind it does not read', 'a.txt', '# A\n', []],
  ];
  for (const [name, path, text, expected] of cases) it(name, () => assert.deepEqual(shown(path, text), expected));

  it('covers any text, each part at the start of a line', () => {
    const line = fc.constantFrom('# a', '## b', '```', '---', 'fn f() {', '}', ' x', '', 'INT. A', '\\part{z}', '.q');
    const texts = fc.array(line).map(lines => lines.join('\n'));
    fc.assert(
      fc.property(texts, fc.constantFrom('a.md', 'a.rs', 'a.fountain', 'a.tex', 'a'), (text, path) => {
        const parts = outlineOf(path, text);
        if (parts.length === 0) return;
        assert.equal(parts.map(({ from, to }) => text.slice(from, to)).join(''), text);
        for (const { from } of parts) assert.ok(from === 0 || text[from - 1] === '\n');
      }),
    );
  });
});
