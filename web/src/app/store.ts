import { useSyncExternalStore } from "react";

/** A value outside React that parts of a page share; only those that look at what changed re-render. */
export interface Store<T> {
  get(): T;
  set(change: Partial<T>): void;
  subscribe(tell: () => void): () => void;
}

export function createStore<T extends object>(first: T): Store<T> {
  let value = first;
  const listeners = new Set<() => void>();
  return {
    get: () => value,
    set(change) {
      value = { ...value, ...change };
      listeners.forEach((tell) => tell());
    },
    subscribe(tell) {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
  };
}

/** Looks at a part of a store; `look` must return the same object while its part is unchanged. */
export function useStore<T extends object, R>(store: Store<T>, look: (value: T) => R): R {
  return useSyncExternalStore(store.subscribe, () => look(store.get()));
}
