import { CustomerServiceOutlined, LoginOutlined, LogoutOutlined, WarningOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import { clockText, useSecondsSince } from "../../app/clock";
import { useTellFault } from "../../app/fault";
import { usePhone } from "../../phone/use";
import { leaveSeat, useOwnSeat, useReadyPhone } from "./use";

const DeviceDialog = lazy(() => import("../../phone/DeviceDialog").then((module) => ({ default: module.DeviceDialog })));

/** The bar's own part: my seat, my soft phone and its devices. */
export function OwnPhone() {
  const { t } = useTranslation();
  const tell = useTellFault();
  const seat = useOwnSeat();
  const seconds = useSecondsSince(seat?.since);
  const { registration, microphone } = usePhone();
  const [devices, setDevices] = useState(false);
  const ready = useReadyPhone();
  const elsewhere = registration === "other_tab" || registration === "replaced";
  const bad = registration === "lost" || microphone !== "ok";
  return (
    <>
      {seat && <span className={`seat-state ${seat.state}`} data-testid="own-state" data-state={seat.state}>{t(`state.${seat.state}`)}{seat.reason ? ` · ${seat.reason}` : ""}<time>{clockText(seconds)}</time></span>}
      {!seat && <Button size="small" icon={<LoginOutlined />} data-testid="own-sign-on" onClick={() => void ready()}>{t("supervisor.own.prepare")}</Button>}
      {elsewhere && <span className="phone-chip bad" role="alert"><WarningOutlined /> {t("supervisor.own.elsewhere")} <Button size="small" onClick={() => void ready(true)}>{t("supervisor.own.useHere")}</Button></span>}
      {seat && !elsewhere && (
        <button type="button" className={`phone-chip ${bad ? "bad" : registration}`} title={t("phone.devices")} data-testid="own-phone" data-registration={registration} onClick={() => setDevices(true)}>
          {bad ? <WarningOutlined /> : <CustomerServiceOutlined />} {microphone === "ok" ? t(`phone.${registration}`) : t(`phone.microphone_${microphone}`)}
        </button>
      )}
      {seat && <Button size="small" type="text" className="bar-button" icon={<LogoutOutlined />} title={t("supervisor.own.leave")} aria-label={t("supervisor.own.leave")} onClick={() => void leaveSeat().catch(tell)} />}
      {devices && <Suspense><DeviceDialog onClose={() => setDevices(false)} /></Suspense>}
    </>
  );
}
