import { useMemo } from "react";

import { seats } from "../../api/seat";
import { useTellFault } from "../../app/fault";
import { phone } from "../../phone/use";

/** The reasons for 示忙 that are offered; their words go to the reports. */
export const pauseReasons = ["meal", "rest", "meeting", "training", "errand", "other"] as const;

const stored = "bellhop.signedOn";

/** The extension at which this tab was signed on before a reload; undefined: it was not. */
export function signedOnBefore(): string | undefined {
  return sessionStorage.getItem(stored) ?? undefined;
}

/** After a sign-off a reload signs on no more. */
export function forgetSignOn(): void {
  sessionStorage.removeItem(stored);
}

/** Signs on and registers the soft phone with the fresh credential. Safe to repeat, as after a reload. */
export async function signOn(extension: string | undefined, takeOver = false): Promise<void> {
  if (!(await phone.claim(takeOver))) return;
  try {
    const { seat, phone: credential } = await seats.signOn(extension);
    sessionStorage.setItem(stored, seat.extension);
    await phone.start(credential);
  } catch (problem) {
    phone.stop();
    throw problem;
  }
}

export function useSeatActions() {
  const tell = useTellFault();
  return useMemo(() => {
    const attempt = (work: () => Promise<unknown>) => work().then(() => undefined, tell);
    return {
      signOn: (extension?: string, takeOver = false) => attempt(() => signOn(extension, takeOver)),
      signOff: () =>
        attempt(async () => {
          await seats.signOff();
          forgetSignOn();
          phone.stop();
        }),
      ready: () => attempt(() => seats.setState("ready")),
      pause: (reason: string) => attempt(() => seats.setState("paused", reason)),
    };
  }, [tell]);
}
