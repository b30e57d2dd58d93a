import { App } from "antd";
import { useCallback, useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { seats } from "../../api/seat";
import { useTellFault } from "../../app/fault";
import { useEntry } from "../../feed/use";
import { exposeForTests, phone } from "../../phone/use";
import { useSession } from "../../session/session";
import { signOnPaused } from "./phone";

/** My own seat; undefined while I am not signed on. */
export function useOwnSeat() {
  const account = useSession()?.account.id ?? "";
  const seat = useEntry("seats", account);
  return seat && seat.state !== "signed_off" ? seat : undefined;
}

/** My extension: where I am signed on, else where I would be. */
export function useOwnExtension(): string {
  const own = useSession()?.account.extension ?? "";
  return useOwnSeat()?.extension ?? own;
}

/** Brings the phone back after a reload or from the desk, always paused here, and lets go of it when I am signed off or leave. */
export function usePhoneKept(): void {
  const seat = useOwnSeat();
  const tell = useTellFault();
  const seen = useRef(false);
  useEffect(exposeForTests, []);
  useEffect(() => () => phone.stop(), []);
  const extension = seat?.extension;
  useEffect(() => {
    if (extension && !seen.current && phone.get().registration === "off") signOnPaused(extension).catch(tell);
    if (!extension && seen.current) phone.stop();
    seen.current = extension !== undefined;
  }, [extension, tell]);
}

/** Makes the phone ready to listen with; false (and told why) when it cannot be. */
export function useReadyPhone(): (takeOver?: boolean) => Promise<boolean> {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const tell = useTellFault();
  const extension = useOwnExtension();
  return useCallback(async (takeOver = false) => {
    if (!takeOver && phone.get().registration === "registered") return true;
    try {
      const ready = await signOnPaused(extension || undefined, takeOver);
      if (!ready && phone.get().registration !== "other_tab") void message.error(t("supervisor.own.failed"));
      return ready;
    } catch (problem) {
      tell(problem);
      return false;
    }
  }, [extension, tell, message, t]);
}

export async function leaveSeat(): Promise<void> {
  await seats.signOff();
  phone.stop();
}
