import { AudioOutlined, CheckCircleOutlined, CoffeeOutlined, CustomerServiceOutlined, LogoutOutlined, PhoneOutlined, ScissorOutlined, SoundOutlined, StopOutlined } from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { MonitorHow, Seat } from "../../api/seat";
import { useSession } from "../../session/session";
import { type Deed, forcing, monitoring, rules } from "../deeds/deed";
import { useDeeds } from "../deeds/use";

const icons: Record<Deed, ReactNode> = {
  listen: <CustomerServiceOutlined />, whisper: <AudioOutlined />, barge: <SoundOutlined />, take: <PhoneOutlined />, stop: <StopOutlined />, release: <ScissorOutlined />,
  ready: <CheckCircleOutlined />, pause: <CoffeeOutlined />, signoff: <LogoutOutlined />,
};
const deedOf: Partial<Record<MonitorHow, Deed>> = { listen: "listen", whisper: "whisper", barge: "barge", take_over: "take" };

/** A seat's buttons: taking part in its call above, forcing below. What one may not do is not there; what cannot be now is grey. */
export function SeatDeeds({ seat, inCall, mine, how }: { seat: Seat; inCall: boolean; mine: boolean; how?: MonitorHow }) {
  const { t } = useTranslation();
  const rights = useSession()?.permissions ?? [];
  const on = how && deedOf[how];
  const useless = (deed: Deed) =>
    mine || (rules[deed].inCall && !inCall) || (deed === "stop" && !how) || (deed === "ready" && seat.state === "ready") || (deed === "pause" && seat.state === "paused");
  const line = (deeds: Deed[]) => {
    const allowed = deeds.filter((deed) => rights.includes(rules[deed].needs));
    return allowed.length > 0 && <div className="sv-deeds">{allowed.map((deed) => <DeedButton key={deed} deed={deed} seat={seat} on={deed === on} disabled={useless(deed)} />)}</div>;
  };
  if (mine) return <span className="own-hint">{t("supervisor.seats.me")}</span>;
  return <>{line(monitoring)}{line(forcing)}</>;
}

const short: Partial<Record<Deed, string>> = { ready: "readyShort", pause: "pauseShort", signoff: "signoffShort" };

function DeedButton({ deed, seat, on, disabled }: { deed: Deed; seat: Seat; on: boolean; disabled: boolean }) {
  const { t } = useTranslation();
  const { act, ask } = useDeeds();
  const why = disabled && rules[deed].inCall ? t("supervisor.hint.noCall") : t(`supervisor.hint.${deed}`);
  return (
    <Button
      size="small"
      className={on ? "on" : undefined}
      danger={deed === "stop" || deed === "release"}
      icon={icons[deed]}
      disabled={disabled}
      title={why}
      aria-pressed={deed === "listen" || deed === "whisper" || deed === "barge" ? on : undefined}
      aria-label={t("supervisor.do.of", { verb: t(`supervisor.do.${deed}`), name: seat.name })}
      data-testid={`${deed}-${seat.account}`}
      onClick={() => (rules[deed].reason === "never" ? void act(deed, seat) : ask(deed, seat))}
    >
      {t(`supervisor.do.${short[deed] ?? deed}`)}
    </Button>
  );
}
