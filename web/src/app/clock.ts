import { useCallback, useSyncExternalStore } from "react";

import { feed } from "../feed/use";

// One timer for all ticking figures; it stops when nothing ticks.
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(tell: () => void): () => void {
  listeners.add(tell);
  timer ??= setInterval(() => listeners.forEach((each) => each()), 500);
  return () => {
    listeners.delete(tell);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** The controller's time in milliseconds, now. */
export function controllerNow(): number {
  return Date.now() + feed.skew;
}

/** Whole seconds since an instant by the controller's clock; re-renders when the number changes. */
export function useSecondsSince(instant: string | undefined): number {
  return useSyncExternalStore(
    useCallback((tell) => (instant ? subscribe(tell) : () => undefined), [instant]),
    () => secondsSince(instant, controllerNow()),
  );
}

/** Whole seconds from an instant to `now` (milliseconds); 0 for none or the future. */
export function secondsSince(instant: string | undefined, now: number): number {
  if (!instant) return 0;
  const at = Date.parse(instant);
  return Number.isFinite(at) ? Math.max(0, Math.floor((now - at) / 1000)) : 0;
}

/** 75 → "1:15", 3675 → "1:01:15". */
export function clockText(seconds: number): string {
  const two = (n: number) => String(n).padStart(2, "0");
  const h = Math.floor(seconds / 3600);
  const m = Math.floor(seconds / 60) % 60;
  return h > 0 ? `${h}:${two(m)}:${two(seconds % 60)}` : `${m}:${two(seconds % 60)}`;
}
