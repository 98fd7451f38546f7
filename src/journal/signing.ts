import { signCheckpoint } from './checkpoint.ts';
import { DailyCheckpoint } from './dailyCheckpoint.ts';
import { Fault } from './fault.ts';
import { keyEntries } from './keyEntry.ts';
import type { KeyEvent } from './keyring.ts';
import type { Signer } from './keys.ts';
import type { JournalProblem } from './problem.ts';
import { stampNow } from './stamp.ts';
import type { Wire } from './wire.ts';

/**
 * Signs the heads of one journal in a session: what an earlier one left unsigned, once a day, when asked, at the end. The
 * key enters the journal first, if it has to. Mutable: the keeper may take another key. Owns a timer; lives until `end`.
 */
export class Signing {
  readonly #wire: Wire;
  readonly #daily = new DailyCheckpoint(() => this.checkpoint());
  #signer: Signer;

  private constructor(wire: Wire, signer: Signer) {
    this.#wire = wire;
    this.#signer = signer;
  }

  /** For a session that has just begun. `problem` is told later of a key that may not sign: what is recorded is recorded all the same. */
  static begin(wire: Wire, signer: Signer, problem: (problem: JournalProblem) => void): Signing {
    const signing = new Signing(wire, signer);
    const { keys, begins, unsigned } = wire.ready;
    try {
      signing.#enter(keys);
      // The last event is this session's own first.
      if (!begins && unsigned > 1) void signing.#daily.sign();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
      setImmediate(() => problem({ code: 'keyReplaced', detail: error.message }));
    }
    return signing;
  }

  /** The signed note; undefined where another key took the signer's place meanwhile. Rejects with Fault `keyReplaced`. */
  async checkpoint(): Promise<string | undefined> {
    for (let entered = false; ; entered = true) {
      const { text, keys } = await this.#wire.ask('head', undefined);
      if (this.#enter(keys) && !entered) continue;
      const note = signCheckpoint(text, this.#signer);
      return (await this.#wire.ask('checkpoint', { note })) ? note : undefined;
    }
  }

  /** The keeper has another key now: it enters, and signs from here on. */
  async signWith(signer: Signer): Promise<void> {
    this.#signer = signer;
    await this.checkpoint();
  }

  /** The last checkpoint. A key that was replaced signs no end either: that was told when it was found. */
  async end(): Promise<void> {
    this.#daily.dispose();
    try {
      await this.checkpoint();
    } catch (error) {
      if (!(error instanceof Fault)) throw error;
    }
  }

  /** Whether anything had to be appended. */
  #enter(keys: readonly KeyEvent[]): boolean {
    const entries = keyEntries(this.#wire.ready.journal, keys, this.#signer);
    for (const body of entries) this.#wire.append({ ...stampNow(), body });
    return entries.length > 0;
  }
}
