import { useSyncExternalStore } from "react";

// The extensions that an operator picked for the wall; kept by the browser, like the device choice.

const stored = "bellhop.chosen";
const listeners = new Set<() => void>();
let chosen: ReadonlySet<string> = new Set(read());

function read(): string[] {
  try {
    return JSON.parse(localStorage.getItem(stored) ?? "[]") as string[];
  } catch {
    return [];
  }
}

export function toggleChosen(number: string): void {
  const next = new Set(chosen);
  if (!next.delete(number)) next.add(number);
  chosen = next;
  localStorage.setItem(stored, JSON.stringify([...next]));
  listeners.forEach((tell) => tell());
}

export function useChosen(): ReadonlySet<string> {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => chosen,
  );
}
