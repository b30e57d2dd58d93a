import { AlertOutlined, BellOutlined, ClockCircleOutlined, CustomerServiceOutlined, PauseCircleOutlined, PhoneOutlined, PushpinOutlined, SwapOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Call, Phase } from "../../api/call";
import type { Seat } from "../../api/seat";
import { clockText, useSecondsSince } from "../../app/clock";
import { useTopic } from "../../feed/use";
import { deskCalls, otherThan, partyText } from "../model/watch";

const icons: Record<Phase, ReactNode> = {
  offered: <BellOutlined />, script: <SwapOutlined />, ringing: <BellOutlined />, talking: <PhoneOutlined />, transferring: <SwapOutlined />, queued: <ClockCircleOutlined />,
  parked: <PushpinOutlined />, held: <PauseCircleOutlined />, emergency: <AlertOutlined />,
};

/** The desk's calls as they are, the oldest first. */
export function CallList() {
  const { t } = useTranslation();
  const all = useTopic("calls");
  const seats = useTopic("seats");
  const calls = deskCalls(all, seats);
  return (
    <section className="sv-panel sv-calls" aria-labelledby="sv-calls">
      <header><h2 id="sv-calls">{t("supervisor.calls.title")}</h2><span className="lane-count">{calls.length}</span></header>
      {calls.length === 0 && <p className="nothing">{t("supervisor.calls.none")}</p>}
      <ul className="sv-scroll" tabIndex={calls.length > 0 ? 0 : undefined} aria-labelledby="sv-calls">{calls.map((call) => <CallLine key={call.id} call={call} seats={seats} />)}</ul>
    </section>
  );
}

function CallLine({ call, seats }: { call: Call; seats: readonly Seat[] }) {
  const { t } = useTranslation();
  const seconds = useSecondsSince(call.answered ?? call.started);
  const agents = seats.filter((seat) => call.parties.some((each) => !each.monitor && each.party.extension === seat.extension));
  const monitors = call.parties.filter((each) => each.monitor);
  const other = otherThan(call, agents[0]?.extension);
  return (
    <li data-testid={`call-${call.id}`} data-phase={call.phase}>
      <span className={`sv-phase ${call.phase}`}>{icons[call.phase]} {t(`supervisor.phase.${call.phase}`)}</span>
      <span className="sv-who" title={partyText(other)}>{partyText(other)}</span>
      <time>{clockText(seconds)}</time>
      <small>
        {agents.map((seat) => seat.name).join("、")}
        {call.trunk && <span>{t("supervisor.calls.trunk", { name: call.trunk })}</span>}
        {monitors.map((each) => <span key={each.leg} className="sv-monitor"><CustomerServiceOutlined /> {each.party.name || each.party.extension} {t(`supervisor.do.${each.monitor === "take_over" ? "take" : each.monitor}`)}</span>)}
      </small>
    </li>
  );
}
