import { seats } from "../../api/seat";
import { phone } from "../../phone/use";

/** The pause reason of who is signed on only to listen; it goes to the reports as it is. */
export const listeningReason = "班长";

/** How long the soft phone may take to register. */
const patience = 8000;

let signing: Promise<boolean> | undefined;

/**
 * Signs on and pauses before the phone registers, so that no caller is delivered.
 * False when another tab has the phone. Safe to repeat; the secret is fresh each time.
 */
export function signOnPaused(extension: string | undefined, takeOver = false): Promise<boolean> {
  signing ??= attempt(extension, takeOver).finally(() => { signing = undefined; });
  return signing;
}

async function attempt(extension: string | undefined, takeOver: boolean): Promise<boolean> {
  if (!(await phone.claim(takeOver))) return false;
  try {
    const { seat, phone: credential } = await seats.signOn(extension);
    if (seat.state !== "paused") await seats.setState("paused", listeningReason);
    await phone.start(credential);
  } catch (problem) {
    phone.stop();
    throw problem;
  }
  return registered();
}

/** Resolves once the phone is registered, false when that takes too long. */
function registered(): Promise<boolean> {
  return new Promise((resolve) => {
    const done = (well: boolean) => {
      clearTimeout(timer);
      leave();
      resolve(well);
    };
    const timer = setTimeout(() => done(false), patience);
    const look = () => phone.get().registration === "registered" && done(true);
    const leave = phone.onChange(look);
    look();
  });
}
