// A tiny extension that behaves as AI tools do, so that the product meets them in tests and in npm start.
const vscode = require('vscode');

/** What the companion completes: `after`, the end of a line up to the caret, and the `text` it then proposes. */
const completions = JSON.parse(process.env.HOLOGRAPH_COMPANION ?? '[]');

exports.activate = context => {
  const provider = {
    provideInlineCompletionItems(document, position) {
      const before = document.lineAt(position.line).text.slice(0, position.character);
      const rest = document.lineAt(position.line).text.slice(position.character);
      const known = completions.find(one => rest === '' && before.endsWith(one.after));
      return known ? [new vscode.InlineCompletionItem(known.text, new vscode.Range(position, position))] : [];
    },
  };
  context.subscriptions.push(
    vscode.languages.registerInlineCompletionItemProvider({ scheme: '*' }, provider),
    vscode.commands.registerCommand('companion.type', text => vscode.commands.executeCommand('type', { text })),
    vscode.commands.registerCommand('companion.insert', (uri, at, text) => {
      const edit = new vscode.WorkspaceEdit();
      edit.insert(uri, at, text);
      return vscode.workspace.applyEdit(edit);
    }),
  );
  return {
    /** From now on, proposes `text` wherever a line up to the caret ends with `after`. */
    complete(after, text) {
      completions.push({ after, text });
    },
    forget() {
      completions.length = 0;
    },
  };
};
