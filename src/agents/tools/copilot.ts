import { createHash } from 'node:crypto';
import { countsAnew } from '../reading/callName.ts';
import { text } from '../reading/json.ts';
import { modelOf } from '../reading/model.ts';

/**
 * GitHub Copilot tells of one call in several stores (VS Code's chat sessions, its transcripts, the command line's and
 * the Agent Host's events, hooks). So all its ids begin with this name, and a call has one id wherever it is told.
 */
export const copilotName = 'copilot';

/**
 * A call's part of an id. VS Code puts `__vscode-<number>` behind the model's id in some of its stores and not in
 * others (source: microsoft/vscode-copilot-chat, toolCallingLoop).
 */
export function copilotCall(conversation: string, call: string): string {
  return unique(conversation, call.replace(/__vscode-\d+$/, ''));
}

/**
 * Names a conversation's prompts and answers. Each store has ids of its own for them, and some begin anew with others;
 * so a message is named by its words, and by how often they were said before. Mutable; one for each reading of a record.
 */
export class CopilotMessages {
  readonly #said = new Map<string, number>();

  /** The next prompt's part of an id. */
  prompt(conversation: string, words: string): string {
    const name = digestOf('prompt', conversation, words.trim());
    const before = this.#said.get(name) ?? 0;
    this.#said.set(name, before + 1);
    return before === 0 ? name : `${name}-${before + 1}`;
  }

  /** An answer's part of an id; `prompt`: the id of what it answers. */
  answer(prompt: string | undefined, words: string): string {
    return digestOf('answer', prompt ?? '', words.trim());
  }
}

function digestOf(...parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 24);
}

/** Colons part an id; conversations are left out where ids are compared. */
function unique(conversation: string, own: string): string {
  const plain = own.replaceAll(':', '-');
  return countsAnew(plain) ? `${conversation.replaceAll(':', '-')}-${plain}` : plain;
}

/** VS Code names a model `copilot/gpt-4o`: by who offers it, not by who made it. `auto` leaves it open. */
export function copilotModel(name: unknown): string | undefined {
  const model = text(name)?.replace(/^(copilot|copilotcli|github\.copilot-chat)\//, '');
  return model === 'auto' ? undefined : modelOf(model);
}
