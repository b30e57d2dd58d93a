import type { Caller } from "../../api/caller";

export type Age = "fresh" | "amber" | "red";

/** How late a waiting caller is, against the queue's target in seconds. */
export function waitAge(seconds: number, within: number): Age {
  if (seconds >= 2 * within) return "red";
  return seconds >= within ? "amber" : "fresh";
}

/** How long a call has been parked: green under 30 s, amber under 60 s, then red. */
export function parkAge(seconds: number): Age {
  if (seconds >= 60) return "red";
  return seconds >= 30 ? "amber" : "fresh";
}

/** The order of the lane: those that ring me, then as the queue will serve them. */
export function laneOrder(callers: readonly Caller[], account: string): Caller[] {
  const mine = (caller: Caller) => (caller.ringing?.includes(account) ? 0 : 1);
  return [...callers].sort(
    (a, b) => mine(a) - mine(b) || a.position - b.position || a.entered.localeCompare(b.entered) || a.call.localeCompare(b.call),
  );
}
