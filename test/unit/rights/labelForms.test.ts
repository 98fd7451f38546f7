import assert from 'node:assert/strict';
import fc from 'fast-check';
import { decodeFile, encodeFile } from '../../../src/journal/files.ts';
import { type Label, labelOf } from '../../../src/rights/label.ts';
import { changedFile } from '../../../src/rights/labelFile.ts';
import { labelFormOf, writerOf } from '../../../src/rights/labelForm.ts';
import { ChangeSet } from '../../../src/text/change.ts';

const facts = {
  machine: 10,
  human: 30,
  open: 0,
  passages: 4,
  machinePassages: 1,
  unnamed: 0,
  tools: [{ name: 'Claude Code', model: 'anthropic/claude-opus-4' }],
};
const of = (path: string, more: Partial<Label> = {}): Label => ({
  ...labelOf({
    file: path,
    level: 'parts',
    facts,
    authors: ['Айша *Нұр* <b>-- */ --> ?> "x" \\ & {y}_[z]#%~^$'],
    reviewed: true,
    wording: 'kz',
    language: 'ru',
    date: '2026-11-23T09:05:00+05:00',
    record: 'j:7',
    china: false,
  }),
  ...more,
});
const put = (path: string, text: string, label = of(path)) =>
  ChangeSet.of(text.length, writerOf(labelFormOf(path, text)).put(text, label, path)).apply(text);
const take = (path: string, text: string) =>
  ChangeSet.of(text.length, writerOf(labelFormOf(path, text)).take(text, path)).apply(text);
const plain = (path: string) => of(path, { authors: ['A. Author'], notice: 'Contains AI parts.', id: 'a'.repeat(16) });
const shown = (path: string, text: string) => put(path, text, plain(path));

const type = 'http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic';
const yaml = `digitalSourceType: ${type}
aiLabel:
  level: parts
  tools: ["Claude Code: anthropic/claude-opus-4"]
  authors: ["A. Author"]
  date: "2026-11-23T09:05:00+05:00"
  id: "aaaaaaaaaaaaaaaa"
`;
const lines = (mark: string) =>
  [
    'Contains AI parts.',
    `DigitalSourceType: ${type}`,
    'AI-Label-Level: parts',
    'AI-Label-Tools: Claude Code: anthropic/claude-opus-4',
    'AI-Label-Date: 2026-11-23T09:05:00+05:00',
    'AI-Label-Id: aaaaaaaaaaaaaaaa',
  ]
    .map(line => `${mark}${line}\n`)
    .join('');

describe('a label in a file', () => {
  it('in Markdown without front matter', () =>
    assert.equal(
      shown('a.md', 'Fog.\n'),
      `---\n# holograph:label 0.2 ---\n${yaml}# /holograph:label\n---\n\nFog.\n\n<!-- holograph:notice 1.1 -->\nContains AI parts.\n<!-- /holograph:notice -->\n`,
    ));

  it('in Markdown whose front matter is the person’s', () =>
    assert.equal(
      shown('a.md', '---\ntitle: x\n---\nFog.'),
      `---\ntitle: x\n# holograph:label 0.1\n${yaml}# /holograph:label\n---\nFog.\n\n<!-- holograph:notice 2.0 -->\nContains AI parts.\n<!-- /holograph:notice -->`,
    ));

  it('keeps to the key that the person’s front matter has', () =>
    assert.equal(shown('a.md', `---\ndigitalSourceType: mine\n---\n`).match(/^digitalSourceType/gm)?.length, 1));

  it('in front matter of TOML, before its tables', () =>
    assert.match(
      shown('a.md', '+++\n[table]\n+++\n'),
      /^\+\+\+\n# holograph:label 0\.1\ndigitalSourceType = "http.*"\naiLabel = \{ level = "parts".*\}\n# \/holograph:label\n\[table\]\n\+\+\+\n/,
    ));

  it('in HTML: head and body', () => {
    const text = shown(
      'a.html',
      '<!doctype html>\n<html>\n<head>\n<title>x</title>\n</head>\n<body>\n<p>Fog.\n</body>\n</html>\n',
    );
    assert.match(
      text,
      /<head>\n<!-- holograph:label 1\.0 -->\n<meta name="digitalSourceType" content="http[^"]*compositeSynthetic" \/>\n/,
    );
    assert.match(
      text,
      /<script type="application\/ld\+json">\{"@context":"https:\/\/schema.org","@type":"CreativeWork","digitalSourceType":"http/,
    );
    assert.match(text, /<p class="ai-label" lang="ru">Contains AI parts\.<\/p>\n<!-- \/holograph:notice -->\n<\/body>/);
  });

  it('in plain text: one line at the end', () =>
    assert.equal(shown('a.txt', 'Fog.\n'), 'Fog.\n\n[AI-label 1.1] Contains AI parts. [/AI-label]\n'));

  it('in code: a comment behind what must stand first', () =>
    assert.equal(
      shown('a.py', '#!/usr/bin/python\nx = 1\n'),
      `#!/usr/bin/python\n# holograph:label 0.2\n${lines('# ')}# /holograph:label\n\nx = 1\n`,
    ));

  it('in code whose comments have an end', () =>
    assert.equal(shown('a.css', 'p {}\n'), `/* holograph:label 0.2\n${lines('')}/holograph:label */\n\np {}\n`));

  it('in LaTeX: a comment, and a paragraph before the end', () =>
    assert.match(
      shown('a.tex', '\\begin{document}\nFog.\n\\end{document}\n'),
      /^% holograph:label 0\.2\n[\s\S]*\n% holograph:notice 0\.1\n\\par\\noindent Contains AI parts\.\\par\n% \/holograph:notice\n\\end\{document\}\n$/,
    ));

  const first: readonly (readonly [string, string])[] = [
    ['a.py', '# Copyright\n# -*- coding: latin-1 -*-\n'],
    ['a.py', '\n# coding: latin-1\n'],
    ['a.el', ';;; a.el --- fog  -*- lexical-binding: t; -*-\n'],
    ['a.tex', '%&pdflatex\n'],
    ['a.yaml', '#cloud-config\n'],
  ];
  for (const [path, head] of first)
    it(`in code: behind ${JSON.stringify(head)}`, () => assert.ok(shown(path, `${head}x\n`).startsWith(head)));

  it('as a comment in the lists that a build reads, and beside those that have none', () => {
    assert.match(shown('CMakeLists.txt', 'project(x)\n'), /^# holograph:label/);
    assert.match(shown('py/requirements.txt', 'x==1\n'), /^# holograph:label/);
    assert.equal(shown('.gitignore', 'dist\n'), 'dist\n');
  });

  it('not in what has no comments', () => assert.equal(shown('a.json', '{}\n'), '{}\n'));
});

const paths = [
  'a.md',
  'b.mdx',
  'a.html',
  'a.xhtml',
  'a.txt',
  'a.tex',
  'a.py',
  'a.ts',
  'a.css',
  'a.xml',
  'a.sql',
  'a.php',
  'a.fountain',
  'LICENSE',
  'run',
  'a.json',
  'Dockerfile',
  'a.el',
];
const pieces = [
  '#!/bin/sh\n',
  '---\n',
  '+++\n',
  'title: x\n',
  '---',
  '...\n',
  '<!doctype html>\n',
  '<?xml version="1.0"?>\n',
  '<?php\n',
  '<html><head>',
  '<html>\n<head>\n',
  '<head>',
  '</head>',
  '<!-- <head> -->',
  '<script>"<head>"</script>',
  '<!-- ',
  '<script>',
  '<body>',
  '</body>',
  '  </body>\n',
  '</html>',
  '\\end{document}\n',
  '# coding: utf-8\n',
  '@charset "utf-8";\n',
  '% !TEX root\n',
  '\n',
  '\n\n',
  'Fog.',
  'Туман.\n',
  ' ',
  '\t',
  '\u{1f32b}',
  'digitalSourceType: own\n',
  '# syntax=docker\n',
  '*/',
  '-->',
  '[x]',
];
const texts = fc.array(fc.constantFrom(...pieces), { maxLength: 9 }).map(all => all.join(''));
const path = fc.constantFrom(...paths);
const runs = Number(process.env.LABEL_RUNS ?? 500);

describe('a label, by law', () => {
  it('is taken out to the letter', () =>
    fc.assert(
      fc.property(path, texts, (path, text) => assert.equal(take(path, put(path, text)), text)),
      { numRuns: runs },
    ));

  it('stands once, however often it is put in, and is read again', () =>
    fc.assert(
      fc.property(path, texts, (path, text) => {
        const once = put(path, text);
        assert.equal(put(path, once), once);
        const form = labelFormOf(path, once);
        const { machine, visible } = writerOf(form).read(once, path);
        assert.equal(machine !== undefined, form !== 'text' && form !== 'sidecar');
        assert.equal(visible !== undefined, form !== 'sidecar');
      }),
      { numRuns: runs },
    ));

  it('is changed where it stands, and is taken out to the letter all the same', () =>
    fc.assert(
      fc.property(path, texts, texts, (path, text, behind) => {
        const other = of(path, { level: 'generated', notice: 'Generated.', id: 'b'.repeat(16), tools: [] });
        const changed = put(path, put(path, text), other);
        assert.equal(changed, put(path, text, other));
        assert.equal(take(path, changed), text);
        // What is written behind it stays.
        if (path.endsWith('.txt'))
          assert.equal(take(path, `${changed}\n${behind}`), `${take(path, changed)}\n${behind}`);
      }),
      { numRuns: runs },
    ));

  it('leaves bytes, marks, encodings and line ends of all else', () => {
    const format = fc.record({
      encoding: fc.constantFrom('utf-8', 'utf-16le', 'utf-16be', 'windows-1251'),
      bom: fc.boolean(),
      eol: fc.constantFrom('\n' as const, '\r\n' as const),
      odd: fc.array(fc.nat(12)),
    });
    fc.assert(
      fc.property(path, texts, format, (path, text, { encoding, bom, eol, odd }) => {
        const marked = encoding.startsWith('utf-16') || (bom && encoding === 'utf-8');
        const last = text.split('\n').length - 2;
        const others = [...new Set(odd)].filter(line => line <= last).sort((a, b) => a - b);
        const bytes = encodeFile(encoding === 'windows-1251' ? text.replaceAll('\u{1f32b}', '') : text, {
          encoding,
          bom: marked,
          eol,
          ...(others.length > 0 && { others }),
        });
        const file = decodeFile(bytes, encoding);
        if ('skip' in file) return;
        const form = labelFormOf(path, file.text);
        const label = encoding === 'windows-1251' ? of(path, { authors: [], notice: 'Содержит фрагменты.' }) : of(path);
        const labelled = changedFile(file, writerOf(form).put(file.text, label, path));
        assert.ok(labelled, 'it can be written');
        const read = decodeFile(labelled.bytes, encoding);
        assert.ok(!('skip' in read));
        const bare = changedFile(read, writerOf(form).take(read.text, path));
        assert.equal(Buffer.from(bare!.bytes).toString('hex'), Buffer.from(bytes).toString('hex'));
      }),
      { numRuns: runs },
    );
  });

  it('is the same when a formatter moves its white space', () => {
    const text = put('a.html', '<html>\n<head>\n</head>\n<body>\n</body>\n</html>\n');
    const formatted = text.replaceAll(',"', ',\n  "').replace('<p class', '  <p\n class');
    assert.notEqual(formatted, text);
    assert.equal(put('a.html', formatted), formatted);
  });

  it('is refused where the encoding has no letters for it', () => {
    const file = decodeFile(
      encodeFile('Туман.\n', { encoding: 'windows-1251', bom: false, eol: '\n' }),
      'windows-1251',
    );
    assert.ok(!('skip' in file));
    assert.equal(changedFile(file, [{ from: 0, to: 0, insert: 'Жасанды ң' }]), undefined);
  });
});
