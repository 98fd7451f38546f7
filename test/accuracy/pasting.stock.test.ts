import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { clipboard } from '../host/support/driver.ts';
import { folder, show, spansOrNothing } from '../host/support/scene.ts';
import { until } from '../host/support/until.ts';
import { ClaudeStandIn } from '../rig/claudeStandIn.ts';
import { caretAfter, select } from './acts.ts';
import { fresh, kept } from './label.ts';
import { group, type Scenario } from './scenario.ts';

const start = 'The steppe was there.\n';
/** With the space behind it, which the answer has there too. */
const sentence = 'A steppe is a sea that forgot to be water. ';
const answered = `${sentence}Its waves are grass, and its ships go on four legs.`;
const files = { 'chapter.md': start };

/** A paste of text from another program, at the end of some typed words. */
function outside(name: string, text: string): Scenario {
  return {
    name,
    allows: ['initial', 'typed', 'pasted.external'],
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await sheet.type('She wrote: ');
      await stage.copyOutside(text);
      await stage.paste(sheet, text.replaceAll('\r\n', '\n'));
      sheet.came('pasted.external');
      await sheet.type(' and went on.');
    },
  };
}

group('pasting', [
  outside('one letter from outside', 'Q'),
  outside('29 characters from outside', 'a quotation of 29 characters.'),
  outside('30 characters from outside', 'a quotation of 30 characters..'),
  outside('5,000 characters from outside', 'A line of an outside text, 40 in all.\n'.repeat(132).slice(0, 5000)),
  outside('lines that end in two characters', 'First line.\r\nSecond line.\r\nThird line.'),
  {
    name: 'rich text from outside',
    allows: ['initial', 'pasted.external'],
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await clipboard.writeExternal('a bold word', '<p>a <b>bold</b> word</p>');
      await stage.copied('a bold word');
      await stage.paste(sheet, 'a bold word');
      sheet.came('pasted.external');
    },
  },
  {
    name: 'as plain text, by the command for it',
    allows: ['initial', 'pasted.external'],
    unknown: 'VS Code asks no extension when text is pasted by Paste as Text, so the paste is not seen.',
    files: { 'chapter.txt': start },
    async run(stage) {
      const sheet = await stage.open('chapter.txt');
      await stage.copyOutside('a sentence from elsewhere, without its looks');
      await stage.press('Control+Shift+v');
      await sheet.has('without its looks');
      sheet.came('pasted.external');
    },
  },
  {
    name: 'an own sentence, copied',
    allows: ['initial', 'typed'],
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await sheet.type('A typed sentence.\nAnd: ');
      await select(sheet, 'A typed sentence.');
      await stage.copies('A typed sentence.');
      await stage.press('Control+End');
      await stage.paste(sheet, 'And: A typed sentence.');
      sheet.became(kept(sheet.told), kept('A typed sentence.', 'paste'));
    },
  },
  {
    name: 'one own letter, copied',
    allows: ['initial', 'typed'],
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await select(sheet, 'T');
      await stage.copies('T');
      await stage.press('Control+End');
      await sheet.type('Words ');
      await stage.paste(sheet, 'Words T');
      sheet.became(kept(sheet.told), kept('T', 'paste'));
      await sheet.type(' and more');
    },
  },
  {
    name: 'a whole line, copied with nothing selected',
    allows: ['initial', 'typed'],
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await sheet.type('Typed line.\nLast line');
      await caretAfter(sheet, 'Typed li');
      await stage.copies('Typed line.\n');
      await stage.press('ArrowDown');
      await stage.paste(sheet, 'Typed line.\nTyped line.\nLast line');
      sheet.became(kept(`${start}Typed line.\n`), kept('Typed line.\n', 'paste'), kept('Last line'));
    },
  },
  {
    name: 'a pasted sentence, copied and pasted again',
    allows: ['initial', 'pasted.external', 'typed'],
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await stage.copyOutside('A stranger said so.');
      await stage.paste(sheet, 'said so.');
      sheet.came('pasted.external');
      await select(sheet, 'A stranger said so.');
      await stage.copies('A stranger said so.');
      await stage.press('Control+End');
      await sheet.type(' Again: ');
      await stage.paste(sheet, 'Again: A stranger said so.');
      sheet.became(kept(sheet.told), kept('A stranger said so.', 'paste'));
    },
  },
  {
    name: 'over a selection',
    allows: ['initial', 'pasted.external'],
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await select(sheet, 'The steppe');
      await stage.copyOutside('That steppe');
      await stage.paste(sheet, text => text.startsWith('That'));
      sheet.became(fresh('pasted.external', 'That steppe', null), kept(' was there.\n'));
    },
  },
  {
    name: 'one text at each of three carets',
    allows: ['initial', 'pasted.external', 'typed'],
    files: { 'chapter.md': 'one,\ntwo,\nthree,\n' },
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await stage.copyOutside(' from outside');
      await caretAfter(sheet, 'one,', 'two,', 'three,');
      await stage.paste(sheet, 'three, from outside\n');
      sheet.came('pasted.external');
      await sheet.type('!');
    },
  },
  {
    name: 'a line at each of three carets',
    allows: ['initial', 'pasted.external'],
    files: { 'chapter.md': 'one,\ntwo,\nthree,\n' },
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await stage.copyOutside(' first\n second\n third');
      await caretAfter(sheet, 'one,', 'two,', 'three,');
      await stage.paste(sheet, 'three, third\n');
      sheet.came('pasted.external');
    },
  },
  {
    name: 'what was selected in several places',
    allows: ['initial', 'typed', 'tool.editor'],
    unknown: 'The line break between the pieces is put in by the editor as part of the paste.',
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await sheet.type('Typed words here.\nAnd: ');
      await select(sheet, 'steppe', 'words');
      await stage.copies('steppe\nwords');
      await stage.press('Escape', 'Control+End');
      await stage.paste(sheet, 'And: steppe\nwords');
      sheet.became(
        kept(sheet.told),
        kept('steppe', 'paste'),
        fresh(['tool.editor', 'unknown'], '\n'),
        kept('words', 'paste'),
      );
    },
  },
  {
    name: 'from one recorded file into another',
    allows: ['initial', 'typed'],
    files: { 'one.md': 'First file, old.\n', 'two.md': 'Second file, old.\n' },
    async run(stage) {
      const one = await stage.open('one.md');
      await one.type('First file, typed.');
      await stage.press('Control+a');
      await stage.copies('First file, old.\nFirst file, typed.');
      const two = await stage.open('two.md');
      await stage.paste(two, 'First file, typed.');
      two.became(kept('Second file, old.\n'), kept(one.told, 'paste', { text: one.told, labels: one.labels }));
    },
  },
  {
    name: 'from a file that is not recorded',
    allows: ['initial', 'pasted.editor'],
    files,
    async run(stage) {
      const path = join(tmpdir(), `holograph-untracked-${process.pid}.md`);
      writeFileSync(path, 'Words of a file elsewhere.\n');
      await show(vscode.Uri.file(path));
      await stage.press('Control+a');
      await stage.copies('Words of a file elsewhere.\n');
      const sheet = await stage.open('chapter.md');
      await stage.paste(sheet, 'file elsewhere.\n');
      sheet.came('pasted.editor');
    },
  },
  {
    name: 'a web address over a selected word, made a link by the editor',
    allows: ['initial', 'pasted.external', 'tool.editor'],
    unknown: 'Markdown’s own paste puts other text in than was copied, and VS Code does not say which extension did.',
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      await select(sheet, 'steppe');
      await stage.copyOutside('https://example.org/steppe');
      await stage.paste(sheet, text => text.includes('example.org'));
      sheet.became(
        kept('The '),
        fresh('tool.editor', '['),
        kept('steppe'),
        fresh('tool.editor', ']('),
        fresh('pasted.external', 'https://example.org/steppe'),
        fresh('tool.editor', ')'),
        kept(' was there.\n'),
      );
    },
  },
  {
    name: 'what Claude Code answered, and a sentence of it between others',
    allows: ['initial', 'typed', 'ai.pasted', 'pasted.external'],
    files,
    async run(stage) {
      const sheet = await stage.open('chapter.md');
      const config = process.env.CLAUDE_CONFIG_DIR ?? '';
      new ClaudeStandIn(config, folder().uri.fsPath).say('What is a steppe?', `It is this:\n\n${answered}\n`);
      await sheet.type('She wrote: ');
      await stage.copyOutside(answered);
      await stage.paste(sheet, answered);
      sheet.came('ai.pasted');
      await sheet.type(' And then: ');
      await stage.copyOutside(`(1) ${sentence}(2)`);
      await stage.paste(sheet, `(1) ${sentence}(2)`);
      sheet.came(text => {
        const at = text.indexOf(sentence);
        return [...text].map((_, i) => (i >= at && i < at + sentence.length ? 'ai.pasted' : 'pasted.external'));
      });
      await sheet.document?.save();
      await until('the answer and its sentence are known', async () => {
        const spans = await spansOrNothing(stage.api, sheet.uri);
        const machine = spans?.spans.filter(({ kind }) => kind === 'ai.pasted') ?? [];
        return machine.reduce((sum, { from, to }) => sum + to - from, 0) === answered.length + sentence.length;
      });
    },
  },
]);
