/** Anything that gives back what it holds. VS Code's `Disposable` is one. */
export interface Disposable {
  dispose(): unknown;
}

let live = 0;

/** Stores made and not yet disposed: a test compares it before and after. */
export function liveStores(): number {
  return live;
}

/**
 * Owner of subscriptions. Disposes in reverse order; what is added after its disposal is disposed at
 * once, so an `await` between start and stop cannot leak. Throws nothing while it clears up: failures
 * are gathered and thrown together when all is given back.
 */
export class Store implements Disposable {
  #held: Disposable[] | undefined = [];

  constructor() {
    live++;
  }

  get isDisposed(): boolean {
    return this.#held === undefined;
  }

  add<T extends Disposable>(item: T): T {
    if (this.#held === undefined) item.dispose();
    else this.#held.push(item);
    return item;
  }

  /** Disposes what it holds and stays usable. */
  clear(): void {
    const held = this.#held;
    if (held === undefined) return;
    this.#held = [];
    disposeAll(held);
  }

  dispose(): void {
    const held = this.#held;
    if (held === undefined) return;
    this.#held = undefined;
    live--;
    disposeAll(held);
  }
}

function disposeAll(held: readonly Disposable[]): void {
  const failures: unknown[] = [];
  for (const item of held.toReversed()) {
    try {
      item.dispose();
    } catch (failure) {
      failures.push(failure);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Some subscriptions failed to end');
}
