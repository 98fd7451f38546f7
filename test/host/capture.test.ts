import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';
import { clipboard, driven, gate, keyboard } from './support/driver.ts';
import { Matrix } from './support/matrix.ts';
import { ReasonOracle } from './support/oracle.ts';
import { type Api, breath, consent, kindsOf, productApi, save, show, write } from './support/scene.ts';
import { type Known, plain, Truth } from './support/truth.ts';
import { until } from './support/until.ts';

const start =
  'The steppe was there before the record began.\n\nIts second line, with  two blanks and a comma,like this.\n';
const prose =
  'A writer sits down and types a passage that is long enough to be wrapped by the window more than once, ' +
  'since some letters at the place where a line is wrapped are known to leave no trace of the keyboard behind them.';

describe('capture tells the truth', () => {
  let api: Api;
  let editor: vscode.TextEditor;
  let truth: Truth;
  let oracle: ReasonOracle;
  let ghost = false;
  const subscriptions: vscode.Disposable[] = [];
  /** Letters that came by keys, with the kind of the selection that followed. */
  const keys: { text: string; keyboard: boolean }[] = [];

  const settle = (text: () => boolean) => until('the text', text);
  const ends = (text: string) => () => plain(editor.document).endsWith(text);

  async function types(text: string): Promise<void> {
    const old = plain(editor.document).length;
    keys.length = 0;
    await keyboard.type(text);
    await settle(() => plain(editor.document).length === old + text.length);
    await breath(150);
    const found = keys.slice();
    truth.came(inserted => {
      const key = found.shift();
      assert.equal(key?.text, inserted);
      return Array<Known>(inserted.length).fill(key?.keyboard ? 'typed' : 'typed without a kind');
    });
  }

  before(async function () {
    if (!driven) this.skip();
    const file = write('chapter.md', start);
    await vscode.workspace.getConfiguration('editor').update('wordWrap', 'on', vscode.ConfigurationTarget.Global);
    editor = await show(file);
    await consent(file);
    api = await productApi();
    truth = new Truth(editor.document, 'initial');
    oracle = new ReasonOracle(editor.document);
    subscriptions.push(
      oracle,
      truth,
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (document !== editor.document) return;
        for (const { text } of contentChanges) keys.push({ text: text.replaceAll('\r\n', '\n'), keyboard: false });
      }),
      vscode.window.onDidChangeTextEditorSelection(({ kind }) => {
        const last = keys.at(-1);
        if (last && kind === vscode.TextEditorSelectionChangeKind.Keyboard) last.keyboard = true;
      }),
      vscode.languages.registerInlineCompletionItemProvider(
        { scheme: 'file' },
        {
          provideInlineCompletionItems: (_document, position) =>
            ghost
              ? [new vscode.InlineCompletionItem('a sentence from a machine', new vscode.Range(position, position))]
              : [],
        },
      ),
      vscode.languages.registerDocumentFormattingEditProvider(
        { scheme: 'file' },
        { provideDocumentFormattingEdits: document => tidied(document) },
      ),
    );
    await keyboard.press('Control+End');
  });

  after(() => {
    for (const subscription of subscriptions) subscription.dispose();
  });

  it('letters, a line break, and a soft-wrapped passage', async () => {
    await types(prose);
    await types('\nA second line.');
    await types(' Қазақша сөз, русское слово.');
  });

  it('a pair that the editor closes, and what is typed over', async () => {
    await keyboard.type(' (p');
    await settle(ends(' (p)'));
    truth.came(text => (text === '()' ? ['typed', 'tool.editor'] : ['typed']));
    await keyboard.type(')');
    await breath(200);
    // The bracket that stood there stays: the key only went over it.
    truth.came((_text, removed) => removed);
  });

  it('deleting takes nothing else away', async () => {
    const text = plain(editor.document);
    await keyboard.press('Backspace', 2);
    await settle(() => plain(editor.document).length === text.length - 2);
    truth.came('typed');
  });

  it('a paste from outside, long and of one letter', async () => {
    await clipboard.writeExternal(' a quotation from elsewhere');
    await keyboard.press('Control+v');
    await settle(ends('from elsewhere'));
    await breath(200);
    truth.came('pasted.external');
    await clipboard.writeExternal('Q');
    await keyboard.press('Control+v');
    await settle(ends('elsewhereQ'));
    await breath(2200);
    truth.came('pasted.external');
  });

  it('undo and redo give back what was there', async () => {
    await keyboard.press('Control+z');
    await settle(ends('elsewhere'));
    truth.returned();
    await keyboard.press('Control+y');
    await settle(ends('elsewhereQ'));
    truth.returned();
    await keyboard.press('Control+z', 2);
    await settle(() => !plain(editor.document).includes('elsewhere'));
    truth.returned();
    await keyboard.press('Control+y', 2);
    await settle(ends('elsewhereQ'));
    truth.returned();
  });

  it('a word that is copied or cut keeps its origin where it is pasted', async () => {
    await types(' moved');
    await keyboard.press('Control+Shift+ArrowLeft');
    await keyboard.press('Control+x');
    await settle(ends('elsewhereQ '));
    truth.came('any');
    await breath(300);
    await keyboard.press('Control+v');
    await settle(ends('Q moved'));
    await breath(300);
    truth.came(text => Array<Known>(text.length).fill('typed'));
    await keyboard.press('Control+Home');
    await keyboard.press('Control+Shift+ArrowRight');
    await keyboard.press('Control+c');
    await breath(300);
    await keyboard.press('Control+End');
    await keyboard.press('Control+v');
    await settle(ends('The'));
    await breath(300);
    truth.came(text => Array<Known>(text.length).fill('initial'));
  });

  it('ghost text that is accepted', async () => {
    await types('Next ');
    ghost = true;
    await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
    await breath();
    await keyboard.press('Tab');
    await settle(ends('from a machine'));
    ghost = false;
    truth.came('ai.completion');
    await types(', typed on.');
  });

  it('edits by extensions, at the caret and elsewhere, of one letter and of many', async () => {
    for (const text of ['x', ' inserted by an extension ']) {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(editor.document.uri, editor.selection.active, text);
      await vscode.workspace.applyEdit(edit);
      truth.came('unknown');
      await editor.edit(builder => builder.insert(editor.selection.active, text));
      truth.came('unknown');
      await breath(200);
    }
    await editor.insertSnippet(new vscode.SnippetString('snippet text'));
    truth.came('tool.snippet');
    await breath(200);
    await vscode.commands.executeCommand('type', { text: 'c' });
    await breath(200);
    truth.came('typed by command');
  });

  it('the formatter, by command and on saving', async () => {
    await vscode.commands.executeCommand('editor.action.formatDocument');
    await settle(() => plain(editor.document).includes('with two blanks and a comma, like'));
    truth.came('tool.format');
    await vscode.workspace.getConfiguration('editor').update('formatOnSave', true, vscode.ConfigurationTarget.Global);
    await types(' one,two');
    await save(editor.document);
    await settle(ends('one, two'));
    truth.came('tool.format');
  });

  it('all of it is as the journal has it, and VS Code agrees where it says why', async () => {
    await save(editor.document);
    await compare('before');
    if (gate === 'open') await agrees();
  });

  it('another program rewrites words of the file', async () => {
    const edits = [
      { old: 'steppe was', new: 'prairie stood' },
      { old: 'second line, with', new: 'other verse, having' },
    ];
    const old = plain(editor.document);
    let text = old;
    for (const edit of edits) text = text.replace(edit.old, edit.new);
    write('chapter.md', text);
    await settle(() => plain(editor.document) === text);
    truth.rewritten(edits, old, 'external.disk');
    await types(' After it.');
    await save(editor.document);
    await compare('after');
  });

  async function compare(name: string): Promise<void> {
    const spans = await api.spans(editor.document.uri);
    assert.ok(spans.current, 'the journal holds the saved text');
    const found = kindsOf(spans);
    assert.equal(found.length, truth.labels.length);
    const matrix = new Matrix();
    for (const [i, known] of truth.labels.entries()) matrix.add(known, found[i] ?? 'unknown');
    keep(`confusion-${name}-${gate}`, matrix);
    assert.deepEqual(matrix.falselyTyped(), [], matrix.toString());
    const keyed = matrix.count('typed', 'typed') / matrix.count('typed');
    const all = keyed * matrix.count('typed') + matrix.count('typed without a kind', 'typed');
    const share = all / (matrix.count('typed') + matrix.count('typed without a kind'));
    assert.ok(keyed >= 0.995, `typed letters with a keyboard kind: ${keyed}\n${matrix}`);
    assert.ok(share >= 0.98, `typed letters, all: ${share}\n${matrix}`);
    for (const kind of ['initial', 'ai.completion', 'pasted.external', 'external.disk'] as const) {
      assert.equal(matrix.count(kind, kind), matrix.count(kind), `${kind}\n${matrix}`);
    }
  }

  async function agrees(): Promise<void> {
    const found = kindsOf(await api.spans(editor.document.uri));
    assert.equal(oracle.labels.length, found.length);
    const wrong = oracle.labels.flatMap((label, i) =>
      label !== undefined && label !== found[i] ? [`${i}: ${label}, found ${found[i]}`] : [],
    );
    assert.deepEqual(wrong, []);
  }
});

/** One blank for several, and one after a comma. */
function tidied(document: vscode.TextDocument): vscode.TextEdit[] {
  const edits: vscode.TextEdit[] = [];
  for (const match of document.getText().matchAll(/(?<=\S) {2,}(?=\S)|,(?=\w)/g)) {
    const range = new vscode.Range(
      document.positionAt(match.index),
      document.positionAt(match.index + match[0].length),
    );
    edits.push(vscode.TextEdit.replace(range, match[0] === ',' ? ', ' : ' '));
  }
  return edits;
}

function keep(name: string, matrix: Matrix): void {
  const out = process.env.HOLOGRAPH_OUT;
  console.log(`${name}\n${matrix}`);
  if (out === undefined) return;
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, `${name}.md`), `${matrix}\n`);
  writeFileSync(join(out, `${name}.json`), `${JSON.stringify(matrix, null, 2)}\n`);
}
