import { useEffect } from "react";

import { phone } from "../phone/use";
import { refreshSession } from "./session";

/** How often a present person is told to the controller; well under its idle limit. */
const every = 5 * 60_000;

/** Keeps the login alive while somebody uses the page or speaks; a page left alone logs out. */
export function usePresence(): void {
  useEffect(() => {
    let seen = Date.now();
    const notice = () => { seen = Date.now(); };
    const kinds = ["keydown", "pointerdown"] as const;
    for (const kind of kinds) window.addEventListener(kind, notice, { passive: true });
    const timer = setInterval(() => {
      const present = Date.now() - seen < every || phone.get().calls.length > 0;
      if (present) void refreshSession();
    }, every);
    return () => {
      for (const kind of kinds) window.removeEventListener(kind, notice);
      clearInterval(timer);
    };
  }, []);
}
