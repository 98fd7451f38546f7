import { symlinkSync } from 'node:fs';
import * as vscode from 'vscode';
import { keyboard } from '../host/support/driver.ts';
import { until } from '../host/support/until.ts';
import { answers, savesAs } from './dialogs.ts';
import { fresh, kept } from './label.ts';
import { group, type Scenario } from './scenario.ts';
import type { Stage } from './stage.ts';

const own = ' These words were typed here.';
const bytes = (label: BufferEncoding, mark: readonly number[], text: string) =>
  Buffer.concat([Buffer.from(mark), Buffer.from(text, label)]);
const swapped = (buffer: Buffer) => Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(buffer).swap16()]);

/** A text that a file holds so gets typed words at its end. */
function written(name: string, content: string | Uint8Array, words = own): Scenario {
  return {
    name,
    allows: ['initial', 'typed'],
    files: { 'text.md': content },
    async run(stage) {
      const sheet = await stage.open('text.md');
      await sheet.type(words);
    },
  };
}

async function untitled(stage: Stage, text: string): Promise<vscode.TextDocument> {
  await vscode.commands.executeCommand('workbench.action.files.newUntitledFile');
  await until('a new text', () => vscode.window.activeTextEditor?.document.isUntitled === true);
  await stage.waitFor('.monaco-editor.focused');
  const { document } = vscode.window.activeTextEditor!;
  await keyboard.type(text);
  await until('the words', () => document.getText() === text);
  return document;
}

group('documents', [
  written('an empty file', ''),
  written('a file without a final newline', 'no newline here'),
  written('lines that end in two characters', 'one\r\ntwo\r\n'),
  written('lines that end otherwise', 'one\r\ntwo\nthree\r\n'),
  written('UTF-8 with a mark', bytes('utf8', [0xef, 0xbb, 0xbf], 'Бас белгі\r\n')),
  written('UTF-16, little end first', bytes('utf16le', [0xff, 0xfe], 'Қазақ 👩‍👩‍👧\r\n')),
  written('UTF-16, big end first', swapped(Buffer.from('Қазақ 👩‍👩‍👧\n', 'utf16le'))),
  written('Kazakh letters', 'Мәтін.\n', 'Әр сөз өз орнында, ғажап үлгі.'),
  written('from right to left', 'שלום עולם\n', 'مرحبا שלום'),
  written('pairs, joined signs and combining marks', '👩‍👩‍👧 é नि\n', 'e\u0301 😀 नि'),
  {
    ...written('a line of a million characters', 'w'.repeat(1_000_000)),
    timeout: 90_000,
  },
  {
    name: 'other line ends, there and back',
    allows: ['initial', 'typed'],
    files: { 'text.md': 'one\ntwo\n' },
    async run(stage) {
      const sheet = await stage.open('text.md');
      await sheet.type(own);
      const editor = vscode.window.activeTextEditor!;
      for (const end of [vscode.EndOfLine.CRLF, vscode.EndOfLine.LF]) {
        await editor.edit(builder => builder.setEndOfLine(end));
        sheet.returned();
        await sheet.document?.save();
        await sheet.type('!');
      }
    },
  },
  {
    name: 'saved in another encoding',
    allows: ['initial', 'typed'],
    files: { 'text.md': 'Бір\n' },
    async run(stage) {
      const sheet = await stage.open('text.md');
      await sheet.type('Екі');
      await answers('workbench.action.editor.changeEncoding', 'Save with Encoding', 'UTF-16 LE');
      await until('the encoding', () => sheet.document?.encoding === 'utf16le');
      await stage.waitFor('.monaco-editor.focused');
      await sheet.type('!');
    },
  },
  {
    name: 'a text in an old encoding',
    allows: ['unknown', 'typed'],
    unknown: 'what a file holds in an encoding that only the editor knows was not seen at consent',
    async run(stage) {
      const uri = stage.write('old.txt', Uint8Array.of(0xd1, 0xf2, 0xe0, 0xf0, 0xfb, 0xe9, 0x0a));
      await vscode.workspace.openTextDocument(uri, { encoding: 'windows1251' });
      const { document } = await vscode.window.showTextDocument(uri, { preview: false });
      await until('its record', async () => (await stage.api.spans(uri).catch(() => undefined)) !== undefined);
      const sheet = stage.follow(uri, document.getText(), ['unknown', 'initial']);
      await stage.press('Control+End');
      await sheet.type('Тип');
    },
  },
  {
    name: 'an untitled text that is saved under a name',
    allows: ['typed'],
    async run(stage) {
      const there = vscode.Uri.file(stage.path('titled.md'));
      await untitled(stage, own);
      await savesAs(there.fsPath);
      const sheet = stage.follow(there, own, 'typed');
      await stage.press('Control+End');
      await sheet.type(' And more.');
    },
  },
  {
    name: 'a file and a link to it',
    allows: ['initial', 'typed'],
    files: { 'real.md': 'Under two names.\n' },
    async run(stage) {
      const real = await stage.open('real.md');
      await real.type(own);
      await real.document?.save();
      symlinkSync(stage.path('real.md'), stage.path('link.md'));
      const uri = vscode.Uri.file(stage.path('link.md'));
      const { document } = await vscode.window.showTextDocument(uri, { preview: false });
      await stage.waitFor('.monaco-editor.focused');
      await stage.press('Control+End');
      const linked = stage.follow(uri, document.getText(), ['initial', 'typed']);
      linked.became(kept('Under two names.\n', undefined, real.truth), kept(own, undefined, real.truth));
      await linked.type(' By the link.');
      await document.save();
      await real.has(' By the link.');
      real.became('Under two names.\n', own, fresh('typed', ' By the link.'));
      stage.forget(linked);
    },
  },
]);
