import { useTranslation } from "react-i18next";

import { useComputed } from "../feed/use";
import { useDesk } from "./model/desk";
import { counterpart, rings } from "./model/loop";

/** Says aloud what blind operators would miss: a ring at once, the queue when there is time. */
export function Announcer() {
  const { t } = useTranslation();
  const { loops } = useDesk();
  const waiting = useComputed("callers", (all) => all.length);
  const ringing = loops.find(rings);
  const who = ringing && counterpart(ringing);
  return (
    <>
      <div className="hidden" role="status" aria-live="polite">{waiting > 0 ? t("desk.say.waiting", { count: waiting }) : ""}</div>
      <div className="hidden" role="alert" aria-live="assertive">
        {ringing && who ? `${t(`desk.loop.${ringing.state}`)}: ${who.name ?? ""} ${who.room ?? who.number}` : ""}
      </div>
    </>
  );
}
