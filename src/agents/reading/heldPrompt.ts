import type { Prompt } from '../agent.ts';
import type { Gathering } from './gathering.ts';

/** A prompt that has stayed without an answer for so long is given without a model (ms). */
const UNANSWERED = 60_000;

/** The newest prompt of a conversation, held back until the model that answers it is known. */
export class HeldPrompt {
  readonly #found: Gathering;
  #held: { readonly prompt: Omit<Prompt, 'id' | 'agent'>; readonly message: string | undefined } | undefined;
  #id: string | undefined;

  constructor(found: Gathering) {
    this.#found = found;
  }

  /** `message`: the tool's own id of it. The one held before is given, without a model. */
  hold(prompt: Omit<Prompt, 'id' | 'agent'>, message?: string): void {
    this.give();
    this.#held = { prompt, message };
  }

  give(model?: string): void {
    if (!this.#held) return;
    const { prompt, message } = this.#held;
    this.#held = undefined;
    this.#id = this.#found.prompt(model === undefined ? prompt : { ...prompt, model }, message);
  }

  giveOld(): void {
    if (this.#held && Date.now() - this.#held.prompt.time > UNANSWERED) this.give();
  }

  /** The prompt in whose turn the conversation is, for what the model then says and does. */
  get asked(): { readonly prompt?: string } {
    return this.#id === undefined ? {} : { prompt: this.#id };
  }

  forget(): void {
    this.#held = this.#id = undefined;
  }
}
