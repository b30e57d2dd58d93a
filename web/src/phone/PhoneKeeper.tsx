import { useEffect, useRef } from "react";

import { signedOnBefore, signOn } from "../desk/seat/use";
import { useDesk } from "../desk/model/desk";
import { useTellFault } from "../app/fault";
import { feed, useLink } from "../feed/use";
import { exposeForTests, phone } from "./use";

/** Brings the phone back after a reload, and lets go of it when the controller signed the seat off. */
export function PhoneKeeper() {
  const { seat } = useDesk();
  const tell = useTellFault();
  const link = useLink();
  const tried = useRef(false);
  useEffect(exposeForTests, []);
  useEffect(() => () => phone.stop(), []);
  useEffect(() => {
    if (tried.current) return;
    const before = signedOnBefore();
    const signedOn = seat !== undefined && seat.state !== "signed_off";
    if (!before && !signedOn) return;
    tried.current = true;
    signOn(before ?? seat?.extension).catch(tell);
  }, [seat, tell]);
  useEffect(() => {
    // Forced off by a supervisor: the credential is dead, so the phone must not go on trying.
    if (tried.current && seat?.state === "signed_off" && phone.get().registration === "registered") {
      sessionStorage.removeItem("bellhop.signedOn");
      phone.stop();
    }
  }, [seat?.state]);
  useEffect(() => {
    // The controller was renewed: so must the page be, but never in the middle of a call.
    if (link === "live" && feed.outdated && phone.get().calls.length === 0) location.reload();
  }, [link, seat?.state]);
  return null;
}
