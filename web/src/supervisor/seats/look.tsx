import {
  BellOutlined, CheckCircleOutlined, CoffeeOutlined, DisconnectOutlined, EditOutlined, ExclamationCircleOutlined, PauseCircleOutlined, PhoneOutlined, PoweroffOutlined, SwapOutlined, UserSwitchOutlined,
} from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Seat, WorkState } from "../../api/seat";
import { clockText, useSecondsSince } from "../../app/clock";

/** Each state's own sign, so that its colour is never alone. */
export const stateIcons: Record<WorkState, ReactNode> = {
  signed_off: <PoweroffOutlined />, offline: <DisconnectOutlined />, ready: <CheckCircleOutlined />, paused: <CoffeeOutlined />, not_responding: <ExclamationCircleOutlined />,
  reserved: <UserSwitchOutlined />, alerting: <BellOutlined />, talking: <PhoneOutlined />, holding: <PauseCircleOutlined />, busy_other: <SwapOutlined />, wrap_up: <EditOutlined />,
};

/** A seat's state: colour, icon, word, reason and for how long. */
export function StateMark({ seat }: { seat: Seat }) {
  const { t } = useTranslation();
  const seconds = useSecondsSince(seat.since);
  return (
    <span className="sv-state-cell">
      <span className={`sv-state ${seat.state}`}>{stateIcons[seat.state]} {t(`state.${seat.state}`)}</span>
      <time>{clockText(seconds)}</time>
      {seat.reason && <small title={seat.reason}>{seat.reason}</small>}
    </span>
  );
}
