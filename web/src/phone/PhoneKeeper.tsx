import { useEffect, useRef } from "react";

import { useTellFault } from "../app/fault";
import { forgetSignOn, signedOnBefore, signOn } from "../desk/seat/use";
import { feed, useEntry, useLink } from "../feed/use";
import { useSession } from "../session/session";
import { exposeForTests, phone } from "./use";

/**
 * Keeps the soft phone on every page, so that a call outlives a look at the reports: brings it back
 * after a reload, and lets go of it when the seat was signed off.
 */
export function PhoneKeeper() {
  const account = useSession()?.account.id ?? "";
  const seat = useEntry("seats", account);
  const tell = useTellFault();
  const link = useLink();
  const tried = useRef(false);
  useEffect(exposeForTests, []);
  useEffect(() => () => phone.stop(), []);
  useEffect(() => {
    if (tried.current) return;
    if (phone.get().registration !== "off") {
      tried.current = true; // somebody signs on by hand: a second sign-on would void that secret
      return;
    }
    const before = signedOnBefore();
    const signedOn = seat !== undefined && seat.state !== "signed_off";
    if (!before && !signedOn) return;
    tried.current = true;
    signOn(before ?? seat?.extension).catch(tell);
  }, [seat, tell]);
  useEffect(() => {
    // Forced off by a supervisor: the credential is dead, so the phone must not go on trying.
    if (!tried.current || seat?.state !== "signed_off" || phone.get().registration !== "registered") return;
    forgetSignOn();
    phone.stop();
  }, [seat?.state]);
  useEffect(() => {
    // The controller was renewed: so must the page be, but never in the middle of a call.
    if (link === "live" && feed.outdated && phone.get().calls.length === 0) location.reload();
  }, [link, seat?.state]);
  return null;
}
