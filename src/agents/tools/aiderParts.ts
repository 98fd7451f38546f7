import { blockEnd, blockStart, fence } from './aiderAsked.ts';

/** What the lines of a chat history are, as they come. */
export interface PartsVisitor {
  /** A session began, at a local time as aider writes it. */
  started(time: string): void;
  /** What the person entered, whole. */
  entered(text: string): void;
  /** A line, or several in one, that aider itself said. */
  told(text: string): void;
  /** A line of the model's reply. */
  replied(line: string): void;
}

/** Messages of aider that end a reply, or that stand between two, whatever the reply left open. */
const certain =
  /^> (\^C|Applied edit to |Did not apply edit to |The LLM did not conform|Tokens: |Commit [0-9a-f]{7}|(Main m|M)odels?: |Aider v|.*\? [ynasd]$)/;

/**
 * Tells apart the parts of `.aider.chat.history.md`. What was entered is `#### ` and ends in two spaces, each line; what
 * aider says begins with `> ` and ends, maybe lines later, in two spaces; all else is the model's. A quotation or a
 * heading inside a fence or a block of the reply is the reply's. Form as in aider's `io.py`.
 */
export class AiderParts {
  readonly #visitor: PartsVisitor;
  #entered: string[] = [];
  #told: string[] = [];
  /** What a reply has open: a SEARCH/REPLACE block, a fence. */
  #block = false;
  #fence = false;
  /** What ends the thinking that the reply has begun with. */
  #thinking: RegExp | undefined;
  /** Since what was last entered or told, the model has said something. */
  #replying = false;
  #blank = true;

  constructor(visitor: PartsVisitor) {
    this.#visitor = visitor;
  }

  line(line: string): void {
    const open = this.#block || this.#fence;
    const began = /^# aider chat started at (.+?)\s*$/.exec(line)?.[1];
    if (began !== undefined) {
      this.rest();
      this.#between();
      this.#visitor.started(began);
    } else if (/^####.* {2}$/.test(line) && (!open || this.#blank)) {
      this.#endTold();
      this.#between();
      this.#entered.push(line.replace(/^#### ?/, '').slice(0, -2));
    } else {
      this.#endEntered();
      this.#other(line, open);
    }
    this.#blank = line.trim() === '';
  }

  /** All that is there was read: what was entered is whole, since aider writes it at once. */
  rest(): void {
    this.#endEntered();
    this.#endTold();
  }

  #other(line: string, open: boolean): void {
    const sure = certain.test(line);
    if (sure) this.#endTold();
    if (!open && this.#told.length === 0) this.#thinking ??= thinkingFrom(line);
    if (this.#thinking && !sure) {
      if (this.#thinking.test(line)) this.#thinking = undefined;
      return;
    }
    const whole = line.endsWith('  ');
    if (this.#told.length > 0) this.#told.push(line.trimEnd());
    else if (/^>(?!>)/.test(line) && (sure || (!open && (whole || !this.#replying)))) {
      this.#between();
      this.#told.push(line.replace(/^> ?/, '').trimEnd());
    } else {
      this.#reply(line);
      return;
    }
    if (whole || sure) this.#endTold();
  }

  #reply(line: string): void {
    if (line.trim() !== '') this.#replying = true;
    if (this.#block) this.#block = !blockEnd.test(line);
    else if (blockStart.test(line)) this.#block = true;
    else if (fence.test(line)) this.#fence = !this.#fence;
    this.#visitor.replied(line);
  }

  #between(): void {
    this.#block = this.#fence = this.#replying = false;
    this.#thinking = undefined;
  }

  #endEntered(): void {
    if (this.#entered.length === 0) return;
    const text = this.#entered.join('\n');
    this.#entered = [];
    this.#visitor.entered(text);
  }

  #endTold(): void {
    if (this.#told.length === 0) return;
    const text = this.#told.join('\n');
    this.#told = [];
    this.#visitor.told(text);
  }
}

/** A model's thinking stands before its reply, in an element or under a heading of aider's, and is neither words nor edits. */
function thinkingFrom(line: string): RegExp | undefined {
  const element = /^<(thinking-content-[0-9a-f]+|think(?:ing)?)>\s*$/.exec(line)?.[1];
  if (element !== undefined) return new RegExp(`^</${element}>\\s*$`);
  return /^► \*\*THINKING\*\*\s*$/.test(line) ? /^► \*\*ANSWER\*\*\s*$/ : undefined;
}
