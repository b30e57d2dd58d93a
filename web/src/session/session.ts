import { useSyncExternalStore } from "react";

import { setCsrf, setOnUnauthorized } from "../api/client";
import { ApiError } from "../api/problem";
import { sessions, type Permission, type Session } from "../api/session";

/** undefined: not asked yet; null: nobody is logged in. */
export type Known = Session | null | undefined;

let current: Known;
const listeners = new Set<() => void>();

/** Who is logged in, outside React. */
export function knownSession(): Known {
  return current;
}

/** Takes over the controller's answer about who is logged in. */
export function setSession(next: Session | null): void {
  current = next;
  setCsrf(next?.csrf ?? "");
  listeners.forEach((tell) => tell());
}

/** Asks the controller who is logged in. A network failure changes nothing. */
export async function refreshSession(): Promise<void> {
  try {
    setSession(await sessions.current());
  } catch (problem) {
    if (problem instanceof ApiError && problem.status === 401) setSession(null);
    else if (current === undefined) setTimeout(() => void refreshSession(), 1000);
  }
}

setOnUnauthorized(() => setSession(null));

export function useSession(): Known {
  return useSyncExternalStore(
    (tell) => {
      listeners.add(tell);
      return () => listeners.delete(tell);
    },
    () => current,
  );
}

/** Whether the page should offer what needs this right. */
export function useCan(permission: Permission): boolean {
  return useSession()?.permissions.includes(permission) ?? false;
}
