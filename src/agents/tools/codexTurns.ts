import { ownWords } from './codexPrompt.ts';

/** User messages that wait for an answer or an event, at most. */
const SAID = 100;
/** Ids below this length (UTF-16 units) are of old versions, which count turns and messages anew in every conversation. */
const NAMED = 32;

/** What a person said. */
export interface Said {
  readonly text: string;
  /** ms since 1970 UTC. */
  readonly time: number;
}

export interface CodexTurnsOptions {
  /** Takes a prompt under the message's name, where it has one, and gives its id; undefined: it counts as none. */
  readonly give: (said: Said, name: string | undefined) => string | undefined;
  /** A new prompt has come: the turn before is over. */
  readonly ended: () => void;
}

/**
 * The turns of one conversation and what the person said in them. By the version, a prompt stands in the messages to the
 * model alone, in an event too, or in an event and an item; and its model is named before it or behind it. Mutable.
 */
export class CodexTurns {
  readonly #options: CodexTurnsOptions;
  #turn = { id: '', prompts: 0, answers: 0, hasModel: false };
  #prompt: string | undefined;
  /** The newest prompt, until its model is known. */
  #held: (Said & { readonly message: string | undefined }) | undefined;
  /** User messages that count only where no event names the prompts. */
  #said: Said[] = [];
  #hasEvents = false;
  /** Texts of user messages that were given before any event: theirs may still come, where the record was read while it grew. */
  #early = new Set<string>();
  /** The last prompt, and the kinds of record that have told of it. */
  #last = { text: '', kinds: new Set(['']) };

  constructor(options: CodexTurnsOptions) {
    this.#options = options;
  }

  /** Id of the prompt in whose turn the conversation is. */
  get prompt(): string | undefined {
    return this.#prompt;
  }

  begin(id: string): void {
    this.#turn = { id, prompts: 0, answers: 0, hasModel: false };
  }

  /** The model of the turn has been named. */
  context(id: string | undefined): void {
    if (id !== undefined && id !== this.#turn.id) this.begin(id);
    this.#turn.hasModel = true;
    if (this.#held) this.flush();
  }

  /** A user message to the model. */
  message(message: string, time: number): void {
    const text = ownWords(message);
    if (text === undefined || this.#hasEvents) return;
    this.#said.push({ text, time });
    if (this.#said.length > SAID) this.flush();
  }

  /** An event or item of this kind that names a prompt; `id`: its own. */
  asked(message: string, kind: string, id: string | undefined, time: number): void {
    this.#hasEvents = true;
    this.#said = [];
    const text = ownWords(message);
    // A picture alone: what follows is no longer of the prompt before.
    if (message.trim() === '') {
      this.flush();
      this.#prompt = undefined;
    }
    const again = text === this.#last.text && !this.#last.kinds.has(kind);
    if (again) this.#last.kinds.add(kind);
    else this.#last = { text: text ?? '', kinds: new Set([kind]) };
    if (text === undefined || again || this.#early.delete(text)) return;
    this.flush();
    this.#options.ended();
    this.#held = { text, time, message: id };
    if (this.#turn.hasModel) this.flush();
  }

  /** Gives what the person said, with the model that is known by now. */
  flush(): void {
    const all = this.#held ? [this.#held] : this.#said.map(said => ({ ...said, message: undefined }));
    if (all.length === 0) return;
    this.#early = new Set(this.#held ? [] : all.map(said => said.text));
    this.#held = undefined;
    this.#said = [];
    for (const { message, ...said } of all) {
      const own = message !== undefined && message.length >= NAMED ? message : undefined;
      this.#prompt = this.#options.give(said, this.#name(this.#turn.prompts++) ?? own) ?? this.#prompt;
    }
    this.#turn.hasModel = false;
  }

  /** Names the next answer of the turn. */
  answerName(): string | undefined {
    return this.#name(this.#turn.answers++);
  }

  restart(): void {
    this.#held = this.#prompt = undefined;
    this.#said = [];
  }

  /** By the turn, as a fork repeats it and as hooks name it. */
  #name(before: number): string | undefined {
    if (this.#turn.id.length < NAMED) return undefined;
    return before === 0 ? this.#turn.id : `${this.#turn.id}.${before + 1}`;
  }
}
