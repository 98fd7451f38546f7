import type { Gathering } from '../reading/gathering.ts';
import { text } from '../reading/json.ts';
import { CopilotMessages, copilotCall, copilotModel } from './copilot.ts';
import { editsFiles, effectsOf } from './copilotEdit.ts';
import { withoutInjected } from './copilotPrompt.ts';
import { type OtelSpan, wordsOf } from './otelSpan.ts';

/** The first step of an agent's turn: it holds the prompt. Subagents' turns have a step before them. */
export function isTurn({ operation, parent }: OtelSpan): boolean {
  return operation === 'invoke_agent' && parent === undefined;
}

/** A step that may have changed files. */
export function isEditing({ operation, attributes }: OtelSpan): boolean {
  return operation === 'execute_tool' && editsFiles(text(attributes['gen_ai.tool.name']) ?? '');
}

/** Turns of agents as traces tell them: a prompt, what was answered in the end, and the edits of the tools between. */
export class OtelTurns {
  readonly #gathering: Gathering;
  /** Messages of each conversation by their turns, so that a turn that is told again has the same. */
  readonly #prompts = new Map<string, string>();
  readonly #messages = new CopilotMessages();

  constructor(gathering: Gathering) {
    this.#gathering = gathering;
  }

  tell(turn: OtelSpan, steps: readonly OtelSpan[]): void {
    const { attributes, began, ended } = turn;
    const own = text(attributes['copilot_chat.chat_session_id']) ?? text(attributes['gen_ai.conversation.id']);
    const conversation = own ?? turn.trace;
    const name = copilotModel(attributes['gen_ai.response.model']) ?? copilotModel(attributes['gen_ai.request.model']);
    const model = name === undefined ? {} : { model: name };
    const asked = text(attributes['copilot_chat.user_request']) ?? wordsOf(attributes['gen_ai.input.messages'], 'user');
    const said = withoutInjected(asked ?? '');
    let prompt: { prompt?: string } = {};
    if (said !== '') {
      const known = this.#prompts.get(turn.id) ?? this.#messages.prompt(conversation, said);
      this.#prompts.set(turn.id, known);
      // A trace names no folder: the prompt counts only with an edit in a recorded one.
      const words = { conversation, time: began, text: said, folder: '', ...model };
      prompt = { prompt: this.#gathering.prompt(words, known) };
    }
    const answer = wordsOf(attributes['gen_ai.output.messages'], 'assistant');
    if (answer !== undefined) {
      const words = { conversation, time: ended, text: answer, ...prompt, ...model };
      this.#gathering.answer(words, this.#messages.answer(prompt.prompt, answer));
    }
    for (const step of steps) this.#wrote(step, conversation, { ...prompt, ...model });
  }

  #wrote({ id, attributes, ended, failed }: OtelSpan, conversation: string, turn: object): void {
    if (failed) return;
    const effects = effectsOf(
      text(attributes['gen_ai.tool.name']) ?? '',
      attributes['gen_ai.tool.call.arguments'],
      undefined,
    );
    const call = copilotCall(conversation, text(attributes['gen_ai.tool.call.id']) ?? id);
    for (const [place, effect] of (effects ?? []).entries()) {
      const edit = { conversation, time: ended, ...effect, ...turn };
      this.#gathering.edit(edit, effects?.length === 1 ? call : `${call}.${place + 1}`);
    }
  }
}
