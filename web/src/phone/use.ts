import { useSyncExternalStore } from "react";

import { Phone } from "./phone";
import type { PhoneState } from "./state";

/** The page's one soft phone. */
export const phone = new Phone();

export function usePhone(): PhoneState {
  return useSyncExternalStore(
    (tell) => phone.onChange(tell),
    () => phone.get(),
  );
}

/** A read-only view for browser tests: they measure audio through it. */
export function exposeForTests(): void {
  const view = {
    get registered() {
      return phone.get().registration === "registered";
    },
    get calls() {
      return phone.get().calls.map(({ call, state, auto, muted, quality }) => ({ call, state, auto, muted, quality }));
    },
    stats: () => phone.stats(),
  };
  Object.defineProperty(window, "bellhop", { value: Object.freeze({ phone: Object.freeze(view) }), configurable: true });
}
