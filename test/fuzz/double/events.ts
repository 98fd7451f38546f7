/** VS Code's `EventEmitter`; a listener's failure is told to `failed`, as VS Code only logs it. */
export class EventEmitter<T> {
  readonly #listeners = new Set<(event: T) => unknown>();
  readonly #failed: (error: unknown) => void;

  constructor(failed: (error: unknown) => void = raise) {
    this.#failed = failed;
  }

  readonly event = (listener: (event: T) => unknown): { dispose(): void } => {
    const own = (event: T) => listener(event);
    this.#listeners.add(own);
    return { dispose: () => this.#listeners.delete(own) };
  };

  fire(event: T): void {
    for (const listener of [...this.#listeners]) {
      try {
        listener(event);
      } catch (error) {
        this.#failed(error);
      }
    }
  }

  dispose(): void {
    this.#listeners.clear();
  }
}

function raise(error: unknown): never {
  throw error;
}
