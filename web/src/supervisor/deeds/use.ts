import { App } from "antd";
import { createContext, useContext, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { type MonitorHow, type Seat, seats } from "../../api/seat";
import { useTellFault } from "../../app/fault";
import { useReadyPhone } from "../own/use";
import type { Deed } from "./deed";

/** What the reason dialog gives. */
export interface Grounds {
  reason?: string;
  warn?: boolean;
}

export interface Deeds {
  /** Does it; true when the controller agreed. */
  act(deed: Deed, seat: Seat, grounds?: Grounds): Promise<boolean>;
  stop(seat: Seat): Promise<boolean>;
  /** Opens the dialog that asks why. */
  ask(deed: Deed, seat: Seat): void;
}

export const DeedsContext = createContext<Deeds | undefined>(undefined);

export function useDeeds(): Deeds {
  const deeds = useContext(DeedsContext);
  if (!deeds) throw new Error("outside of DeedsProvider");
  return deeds;
}

const hows: Partial<Record<Deed, MonitorHow>> = { listen: "listen", whisper: "whisper", barge: "barge", take: "take_over" };
const states = { ready: "ready", pause: "paused", signoff: "signed_off" } as const;

/** The requests behind the buttons. Listening makes my own phone ready first. */
export function useActs(): Pick<Deeds, "act" | "stop"> {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const tell = useTellFault();
  const ready = useReadyPhone();
  return useMemo(() => {
    const attempt = (work: () => Promise<unknown>) => work().then(() => true, (problem: unknown) => { tell(problem); return false; });
    const say = (deed: Deed, seat: Seat, pending: boolean) => void message.success([t(`supervisor.done.${deed}`, { name: seat.name }), pending ? t("supervisor.done.later") : ""].filter(Boolean).join(" · "));
    const stop = (seat: Seat) => attempt(() => seats.monitor(seat.account, "off"));
    const act = async (deed: Deed, seat: Seat, { reason = "", warn }: Grounds = {}): Promise<boolean> => {
      if (deed === "stop") return stop(seat);
      const how = hows[deed];
      if (how) return (await ready()) && attempt(() => seats.monitor(seat.account, how, warn, reason || undefined));
      if (deed === "release") return attempt(async () => { await seats.forceRelease(seat.account, reason); say(deed, seat, false); });
      const state = states[deed as keyof typeof states];
      return attempt(async () => { const after = await seats.force(seat.account, state, reason); say(deed, seat, after.state !== state); });
    };
    return { act, stop };
  }, [ready, tell, message, t]);
}
