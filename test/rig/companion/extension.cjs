// A tiny extension that behaves as AI tools do, so that the product meets them in tests and in npm start.
const vscode = require('vscode');

/** What the companion completes: `after`, the end of a line up to the caret, and the `text` it then proposes. */
const completions = JSON.parse(process.env.HOLOGRAPH_COMPANION ?? '[]');

/** What its model says to whatever it is asked. */
let answer = '';

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
  // Newer than the API that the product asks for.
  const { registerLanguageModelChatProvider: offer } = vscode.lm;
  if (offer !== undefined) context.subscriptions.push(offer.call(vscode.lm, 'companion', model));
  return {
    /** From now on, its model says `text`. */
    answer(text) {
      answer = text;
    },
    /** From now on, proposes `text` wherever a line up to the caret ends with `after`. */
    complete(after, text) {
      completions.push({ after, text });
    },
    forget() {
      completions.length = 0;
    },
  };
};

/** A language model for VS Code's own chat: it says what it was told to, word by word. */
const model = {
  provideLanguageModelChatInformation: () => [
    {
      id: 'one',
      name: 'Companion One',
      family: 'companion',
      version: '1',
      maxInputTokens: 10_000,
      maxOutputTokens: 10_000,
      capabilities: {},
      isUserSelectable: true,
    },
  ],
  async provideLanguageModelChatResponse(_model, _messages, _options, progress) {
    for (const word of answer.split(/(?<= )/)) progress.report(new vscode.LanguageModelTextPart(word));
  },
  provideTokenCount: async () => 1,
};
