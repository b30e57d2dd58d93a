import { AudioOutlined, CustomerServiceOutlined, WarningOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { screen } from "../desk/model/screen";
import { useSeatActions } from "../desk/seat/use";
import { usePhone } from "./use";

/** Whether the soft phone can ring; when another tab or place has it, how to get it back. */
export function PhoneChip() {
  const { t } = useTranslation();
  const { registration, microphone } = usePhone();
  const seat = useSeatActions();
  if (registration === "other_tab" || registration === "replaced") {
    return (
      <span className="phone-chip bad" role="alert">
        <WarningOutlined /> {t(`phone.${registration}`)}
        <Button size="small" onClick={() => void seat.signOn(undefined, true)}>{t("phone.takeOver")}</Button>
      </span>
    );
  }
  const bad = registration === "lost" || microphone !== "ok";
  const icon = bad ? <WarningOutlined /> : registration === "registered" ? <CustomerServiceOutlined /> : <AudioOutlined />;
  return (
    <button type="button" className={`phone-chip ${bad ? "bad" : registration}`} title={t("phone.devices")} data-testid="phone" data-registration={registration} onClick={() => screen.set({ dialog: "devices" })}>
      {icon} {microphone !== "ok" ? t(`phone.microphone_${microphone}`) : t(`phone.${registration}`)}
    </button>
  );
}
