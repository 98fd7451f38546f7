export interface Subscription {
  dispose(): void;
}

/** The listener hears until the subscription is disposed of. */
export function subscribe<T>(listeners: Set<T>, listener: T): Subscription {
  listeners.add(listener);
  return { dispose: () => listeners.delete(listener) };
}
