import * as vscode from 'vscode';
import { keyboard, mouse, page } from '../host/support/driver.ts';
import { caretAfter, select } from './acts.ts';
import { fresh, kept, type Piece, pieceText } from './label.ts';
import { group, type Scenario } from './scenario.ts';
import type { Sheet } from './sheet.ts';
import type { Stage } from './stage.ts';

const start = 'let alpha = 1;\n\n';
const list = 'The mouse and a sign that accepts leave no mark: the editor does not say that text came from its list.';

/** Something chosen from the editor's list of suggestions, after some typed letters. */
function suggested(
  name: string,
  act: (stage: Stage, sheet: Sheet) => Promise<unknown>,
  more: Partial<Scenario> = {},
): Scenario {
  return {
    name,
    allows: ['initial', 'typed', 'tool.suggest', 'tool.snippet'],
    files: { 'words.txt': start },
    ...more,
    async run(stage) {
      await stage.settings({
        'editor.wordBasedSuggestions': 'off',
        'editor.quickSuggestions': { other: 'off' },
        'editor.suggest.showWords': false,
      });
      const sheet = await stage.open('words.txt');
      const provider = vscode.languages.registerCompletionItemProvider(
        { pattern: sheet.uri.fsPath },
        { provideCompletionItems: () => items() },
      );
      stage.later(() => provider.dispose());
      await act(stage, sheet);
      await stage.press('Control+End');
      await sheet.type(' and on');
    },
  };
}

function items(): vscode.CompletionItem[] {
  const word = new vscode.CompletionItem('zalphabetical', vscode.CompletionItemKind.Variable);
  word.commitCharacters = ['.'];
  const loop = new vscode.CompletionItem('yloop', vscode.CompletionItemKind.Snippet);
  loop.insertText = new vscode.SnippetString('while (true) {\n\t$0\n}');
  const call = new vscode.CompletionItem('wcaller', vscode.CompletionItemKind.Function);
  call.insertText = new vscode.SnippetString('wcaller($0)');
  return [word, loop, call];
}

/** Types the first letters of one of the list's words and has the list shown, with one chosen. */
async function listed(sheet: Sheet, prefix: string, carets = 1): Promise<void> {
  const length = sheet.text.length + prefix.length * carets;
  await keyboard.type(prefix);
  await sheet.has(text => text.length === length);
  sheet.came('typed');
  await vscode.commands.executeCommand('editor.action.triggerSuggest');
  await page.waitFor(`.suggest-widget.visible .monaco-list-row.focused:has-text("${prefix.trim()}")`);
}

/** Accepts by a key; what the text must be then, of pieces after what stood there. */
async function accepts(sheet: Sheet, key: string, ...added: readonly Piece[]): Promise<void> {
  const wanted = sheet.told + added.map(pieceText).join('');
  await keyboard.press(key);
  await sheet.has(text => text === wanted);
  sheet.became(kept(sheet.told), ...added);
}

/** A symbol that is used at several places. */
function renamed(name: string, to: string, pieces: readonly Piece[]): Scenario {
  return {
    name,
    allows: ['initial', 'typed', 'tool.refactor'],
    files: { 'words.txt': 'let foo = 1;\nfoo + foo;\n' },
    async run(stage) {
      const sheet = await stage.open('words.txt');
      const provider = vscode.languages.registerRenameProvider(
        { pattern: sheet.uri.fsPath },
        {
          provideRenameEdits(document, _position, now) {
            const edit = new vscode.WorkspaceEdit();
            for (const { index } of document.getText().matchAll(/\bfoo\b/g))
              edit.replace(
                document.uri,
                new vscode.Range(document.positionAt(index), document.positionAt(index + 3)),
                now,
              );
            return edit;
          },
        },
      );
      stage.later(() => provider.dispose());
      await caretAfter(sheet, 'let fo');
      await keyboard.press('F2');
      await page.waitFor('.rename-box input:focus');
      await keyboard.press('Control+a');
      await keyboard.type(to);
      await keyboard.press('Enter');
      await sheet.has(text => text === pieces.map(pieceText).join(''));
      sheet.became(...pieces);
      await stage.press('Control+End');
      await sheet.type('more');
    },
  };
}

const named = (text: string) => fresh('tool.refactor', text);

group('tools', [
  suggested('a word from the list, by Tab', async (_stage, sheet) => {
    await listed(sheet, 'zal');
    await accepts(sheet, 'Tab', fresh('tool.suggest', 'phabetical'));
  }),
  suggested('a word from the list, by Enter, and typed on', async (_stage, sheet) => {
    await listed(sheet, 'zal');
    await accepts(sheet, 'Enter', fresh('tool.suggest', 'phabetical'));
    await sheet.type(' = 2;');
  }),
  suggested('a word from the list over the rest of a word', async (_stage, sheet) => {
    await sheet.type('betical');
    await keyboard.press('Home');
    await listed(sheet, 'zal');
    await keyboard.press('Shift+Enter');
    await sheet.has('zalphabetical');
    sheet.became(
      start,
      fresh('typed', 'zal'),
      fresh('tool.suggest', 'pha'),
      fresh(['typed', 'tool.suggest'], 'betical'),
    );
  }),
  suggested('a word from the list at two carets', async (_stage, sheet) => {
    await caretAfter(sheet, 'let alpha = 1;', ';\n\n');
    await listed(sheet, ' zal', 2);
    await keyboard.press('Tab');
    await sheet.has('zalphabetical');
    sheet.came((inserted, removed) => [
      ...removed,
      ...Array.from(inserted.slice(removed.length), () => 'tool.suggest' as const),
    ]);
  }),
  suggested('a call from the list, with its brackets', async (_stage, sheet) => {
    await listed(sheet, 'wcal');
    await accepts(sheet, 'Tab', fresh('tool.suggest', 'ler()'));
  }),
  suggested(
    'a word from the list, by the mouse and by a sign that accepts',
    async (_stage, sheet) => {
      const word = fresh(['tool.suggest', 'unknown'], 'phabetical');
      await listed(sheet, 'zal');
      await mouse.click('.suggest-widget .monaco-list-row.focused');
      await sheet.has('zalphabetical');
      sheet.became(kept(sheet.told), word);
      await sheet.type(' ');
      await listed(sheet, 'zal');
      await accepts(sheet, '.', word, fresh('typed', '.'));
    },
    { unknown: list },
  ),
  suggested(
    'several lines from the list',
    async (_stage, sheet) => {
      await listed(sheet, 'ylo');
      await keyboard.press('Tab');
      await sheet.has(text => text.includes('while (true) {\n    \n}'));
      sheet.became(start, fresh(['tool.snippet', 'unknown'], 'while (true) {\n    \n}'));
    },
    { unknown: 'Several words from the list: an AI tool may have put them there.' },
  ),
  suggested('a word from the list, taken back and typed', async (stage, sheet) => {
    await listed(sheet, 'zal');
    await accepts(sheet, 'Tab', fresh('tool.suggest', 'phabetical'));
    await stage.press('Control+z');
    await sheet.has('zal');
    sheet.returned();
    await sheet.type('so');
  }),
  {
    name: 'a snippet by its prefix and Tab, its places typed over',
    allows: ['initial', 'typed', 'tool.snippet'],
    files: { 'code.ts': start },
    async run(stage) {
      await stage.settings({ 'editor.tabCompletion': 'onlySnippets', 'editor.quickSuggestions': { other: 'off' } });
      const sheet = await stage.open('code.ts');
      await sheet.type('forof');
      await keyboard.press('Tab');
      await sheet.has(text => text.includes('of '));
      const made = sheet.text.slice(start.length);
      sheet.became(start, fresh('tool.snippet', made));
      await stage.press('Escape', 'Control+End');
      await sheet.type(' done');
    },
  },
  {
    name: 'a snippet chosen by the command',
    allows: ['initial', 'typed', 'tool.snippet'],
    files: { 'words.txt': start },
    async run(stage) {
      const sheet = await stage.open('words.txt');
      await vscode.commands.executeCommand('editor.action.insertSnippet', { snippet: 'call($1, two);' });
      await sheet.has('call(, two);');
      sheet.came('tool.snippet');
      await stage.press('Escape', 'Control+End');
      await sheet.type(' ok');
    },
  },
  renamed('a symbol is renamed', 'barbaz', [
    'let ',
    named('barbaz'),
    ' = 1;\n',
    named('barbaz'),
    ' + ',
    named('barbaz'),
    ';\n',
  ]),
  renamed('a symbol is renamed to one letter', 'x', [
    'let ',
    named('x'),
    ' = 1;\n',
    named('x'),
    ' + ',
    named('x'),
    ';\n',
  ]),
  renamed('a symbol gets a longer name', 'food', [
    kept('let foo'),
    named('d'),
    kept(' = 1;\nfoo'),
    named('d'),
    kept(' + foo'),
    named('d'),
    kept(';\n'),
  ]),
  {
    name: 'a code action',
    allows: ['initial', 'typed', 'unknown'],
    unknown:
      'A code action by another extension: an AI tool offers such too, and the editor does not say whose it was.',
    files: { 'words.txt': start },
    async run(stage) {
      const sheet = await stage.open('words.txt');
      const provider = vscode.languages.registerCodeActionsProvider(
        { pattern: sheet.uri.fsPath },
        {
          provideCodeActions(document) {
            const action = new vscode.CodeAction('Say why', vscode.CodeActionKind.QuickFix);
            action.edit = new vscode.WorkspaceEdit();
            action.edit.insert(document.uri, new vscode.Position(0, 0), '// why\n');
            return [action];
          },
        },
      );
      stage.later(() => provider.dispose());
      await select(sheet, 'alpha');
      await vscode.commands.executeCommand('editor.action.quickFix');
      await page.waitFor('.action-widget .monaco-list-row:has-text("Say why")');
      await keyboard.press('Enter');
      await sheet.has(text => text.startsWith('// why\n'));
      sheet.came('unknown');
      await stage.press('Control+End');
      await sheet.type('more');
    },
  },
]);
