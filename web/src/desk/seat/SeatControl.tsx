import { CoffeeOutlined, LoginOutlined, LogoutOutlined, PlayCircleOutlined } from "@ant-design/icons";
import { Button, Dropdown } from "antd";
import { useTranslation } from "react-i18next";

import type { Seat } from "../../api/seat";
import { clockText, useSecondsSince } from "../../app/clock";
import { SignOn } from "./SignOn";
import { pauseReasons, useSeatActions } from "./use";

/** My state in a word, for how long, and what I may change about it. */
export function SeatControl({ seat }: { seat?: Seat }) {
  const { t } = useTranslation();
  const seconds = useSecondsSince(seat?.since);
  const actions = useSeatActions();
  if (!seat || seat.state === "signed_off") {
    return <SignOn>{(open) => <Button type="primary" icon={<LoginOutlined />} onClick={open} data-testid="sign-on">{t("desk.seat.signOn")}</Button>}</SignOn>;
  }
  const resting = seat.state === "paused" || seat.state === "not_responding" || seat.state === "wrap_up";
  const reasons = pauseReasons.map((reason) => ({ key: reason, label: t(`desk.pause.${reason}`), onClick: () => void actions.pause(t(`desk.pause.${reason}`)) }));
  return (
    <span className="seat">
      <span className={`seat-state ${seat.state}`} data-testid="seat-state">
        {t(`state.${seat.state}`)}{seat.state === "paused" && seat.reason ? ` · ${seat.reason}` : ""}<time>{clockText(seconds)}</time>
      </span>
      {resting && <Button size="small" icon={<PlayCircleOutlined />} onClick={() => void actions.ready()} data-testid="ready">{t("desk.seat.ready")}</Button>}
      {seat.state !== "paused" && (
        <Dropdown menu={{ items: reasons }} trigger={["click"]}>
          <Button size="small" icon={<CoffeeOutlined />} data-testid="pause">{t("desk.seat.pause")}</Button>
        </Dropdown>
      )}
      <Button size="small" type="text" className="bar-button" icon={<LogoutOutlined />} title={t("desk.seat.signOff")} aria-label={t("desk.seat.signOff")} onClick={() => void actions.signOff()} />
    </span>
  );
}
