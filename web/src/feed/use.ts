import { useCallback, useEffect, useRef, useSyncExternalStore } from "react";

import { Feed, type Link } from "./feed";
import type { Topic, Topics } from "./topic";

/** The page's one feed. */
export const feed = new Feed();

function useWant(topic: Topic): void {
  useEffect(() => feed.want(topic), [topic]);
}

/** All entries of a topic; re-renders at every change in it. */
export function useTopic<K extends Topic>(topic: K): readonly Topics[K][] {
  useWant(topic);
  const table = feed.table(topic);
  return useSyncExternalStore(
    useCallback((tell) => table.onAny(tell), [table]),
    () => table.all(),
  );
}

/** One entry of a topic; re-renders only when that entry changes. */
export function useEntry<K extends Topic>(topic: K, key: string): Topics[K] | undefined {
  useWant(topic);
  const table = feed.table(topic);
  return useSyncExternalStore(
    useCallback((tell) => table.onKey(key, tell), [table, key]),
    () => table.get(key),
  );
}

/** The keys of a topic; re-renders only when one comes or goes. */
export function useKeys(topic: Topic): readonly string[] {
  useWant(topic);
  const table = feed.table(topic);
  return useSyncExternalStore(
    useCallback((tell) => table.onKeys(tell), [table]),
    () => table.keys(),
  );
}

/** Something computed from a topic; re-renders only when the result changes by `Object.is` or `equal`. */
export function useComputed<K extends Topic, R>(
  topic: K,
  compute: (entries: readonly Topics[K][]) => R,
  equal: (a: R, b: R) => boolean = Object.is,
): R {
  useWant(topic);
  const table = feed.table(topic);
  const last = useRef<{ from: readonly Topics[K][]; by: unknown; result: R } | undefined>(undefined);
  const read = () => {
    const from = table.all();
    const before = last.current;
    if (before && before.from === from && before.by === compute) return before.result;
    const fresh = compute(from);
    const result = before && equal(before.result, fresh) ? before.result : fresh;
    last.current = { from, by: compute, result };
    return result;
  };
  return useSyncExternalStore(
    useCallback((tell) => table.onAny(tell), [table]),
    read,
  );
}

/** Whether what is shown is fresh. */
export function useLink(): Link {
  return useSyncExternalStore(
    useCallback((tell) => feed.onLink(tell), []),
    () => feed.link(),
  );
}
