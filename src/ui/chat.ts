import * as vscode from 'vscode';
import { chatParticipant, linkCommands } from '../host/ids.ts';
import { type Disposable, Store } from '../host/lifecycle.ts';
import { chatReferences } from './chatReferences.ts';
import { chatTurn } from './chatTurn.ts';
import type { GivenAnswer } from './line.ts';
import type { Surface } from './surface.ts';

/**
 * `@holograph`: passes a prompt to the model that the person chose in the chat, so that prompt and answer are on record
 * though no reader knows that chat's own. There is none where the editor has no chat.
 */
export class Chat implements Disposable {
  readonly #store = new Store();
  readonly #surface: Surface;
  /** Exchanges that were begun in this window. */
  #conversations = 0;

  constructor(surface: Surface) {
    this.#surface = surface;
    // Editors built on VS Code may leave the whole of it out.
    const chat = (vscode as { readonly chat?: typeof vscode.chat }).chat;
    if (typeof chat?.createChatParticipant !== 'function') return;
    this.#store.add(
      chat.createChatParticipant(chatParticipant, (request, context, stream, token) =>
        this.#turn(request, context, stream, token),
      ),
    );
  }

  /** `holograph.insertAnswer`: puts the text into the active editor, in the place of what is selected. */
  async insert(given: unknown): Promise<void> {
    const answer = readAnswer(given);
    if (answer === undefined) return;
    const { line, texts } = this.#surface;
    const editor = vscode.window.activeTextEditor;
    if (editor === undefined) {
      void vscode.window.showInformationMessage(texts.t('chat.noEditor'));
      return;
    }
    const { document, selections } = editor;
    const known = answer.prompt === undefined ? undefined : await line.promptOf(answer.prompt);
    const own = { text: answer.text, ...(known && { prompt: known.id }) };
    await line.own.insert(document, own, () =>
      editor.edit(edit => {
        for (const selection of selections) edit.replace(selection, answer.text);
      }),
    );
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #turn(
    request: vscode.ChatRequest,
    { history }: vscode.ChatContext,
    stream: vscode.ChatResponseStream,
    token: vscode.CancellationToken,
  ): Promise<vscode.ChatResult> {
    const { line, texts } = this.#surface;
    const { prompt, model, references } = request;
    if (history.length === 0 || this.#conversations === 0) this.#conversations++;
    const given = { text: prompt, model: `${model.vendor}/${model.id}`, conversation: this.#conversations };
    const folder = this.#folder();
    const { answer, failed } = await chatTurn(
      {
        prompt,
        ask: async () => {
          const asked = vscode.LanguageModelChatMessage.User(
            [prompt, ...(await chatReferences(references))].join('\n\n'),
          );
          return (await model.sendRequest([...messagesOf(history), asked], {}, token)).text;
        },
        ...(folder && { record: { folder: folder.name, ask: () => line.own.ask(folder, given) } }),
        show: markdown => stream.markdown(markdown),
        offer: (title, answer) => stream.button({ command: linkCommands.insertAnswer, title, arguments: [answer] }),
      },
      texts,
    );
    return { metadata: { answer }, ...(failed !== undefined && { errorDetails: { message: failed } }) };
  }

  /** The one that the active text is in, else the first that is recorded. */
  #folder(): vscode.WorkspaceFolder | undefined {
    const uri = vscode.window.activeTextEditor?.document.uri;
    const active = uri && vscode.workspace.getWorkspaceFolder(uri);
    const all = vscode.workspace.workspaceFolders ?? [];
    return [...(active ? [active] : []), ...all].find(
      ({ uri }) => this.#surface.line.stateOf(uri).kind === 'recording',
    );
  }
}

/** What was said before in this exchange, without what we added. */
function messagesOf(history: vscode.ChatContext['history']): vscode.LanguageModelChatMessage[] {
  return history.flatMap(turn => {
    if (turn.participant !== chatParticipant) return [];
    if ('prompt' in turn) return [vscode.LanguageModelChatMessage.User(turn.prompt)];
    const answer: unknown = turn.result.metadata?.answer;
    return typeof answer === 'string' && answer !== '' ? [vscode.LanguageModelChatMessage.Assistant(answer)] : [];
  });
}

/** What a button of ours gives, or nothing if it is not that. */
function readAnswer(given: unknown): GivenAnswer | undefined {
  if (typeof given !== 'object' || given === null) return undefined;
  const { text, prompt } = given as Readonly<Record<string, unknown>>;
  if (typeof text !== 'string' || text === '') return undefined;
  const own = text.replaceAll('\r\n', '\n');
  return { text: own, ...(typeof prompt === 'string' && { prompt }) };
}
