import { CloseOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useEffect, useSyncExternalStore } from "react";
import { useTranslation } from "react-i18next";

import type { WorkState } from "../../api/seat";
import { controllerNow } from "../../app/clock";
import { useTopic } from "../../feed/use";
import { stateIcons } from "../seats/look";
import { Board } from "./Board";

/** The wallboard for a screen on the wall: nothing but figures that are read from afar. */
export function Tv({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  useFullScreen(onClose);
  return (
    <div className="tv" role="dialog" aria-modal="true" aria-label={t("supervisor.wallboard")} data-testid="tv">
      <header>
        <h1>{t("supervisor.board.title")}</h1>
        <States />
        <Clock />
        <Button ghost icon={<CloseOutlined />} onClick={onClose} data-testid="tv-close">{t("supervisor.board.leave")}</Button>
      </header>
      <Board />
    </div>
  );
}

/** How many agents are in which state. */
function States() {
  const { t } = useTranslation();
  const seats = useTopic("seats");
  const counts = new Map<WorkState, number>();
  for (const seat of seats) counts.set(seat.state, (counts.get(seat.state) ?? 0) + 1);
  return <ul className="tv-states" aria-label={t("supervisor.board.seats")}>{[...counts].map(([state, count]) => <li key={state}>{stateIcons[state]} {t(`state.${state}`)} <b>{count}</b></li>)}</ul>;
}

function Clock() {
  const { t, i18n } = useTranslation();
  const minute = useSyncExternalStore(everySecond, () => Math.floor(controllerNow() / 60_000));
  return <time aria-label={t("supervisor.board.now")}>{new Intl.DateTimeFormat(i18n.language, { hour: "2-digit", minute: "2-digit" }).format(minute * 60_000)}</time>;
}

function everySecond(tell: () => void): () => void {
  const timer = setInterval(tell, 1000);
  return () => clearInterval(timer);
}

/** Fills the screen while shown; a browser that refuses still shows it over the page. */
function useFullScreen(onClose: () => void): void {
  useEffect(() => {
    const left = () => !document.fullscreenElement && onClose();
    const key = (event: KeyboardEvent) => event.key === "Escape" && onClose();
    document.addEventListener("fullscreenchange", left);
    document.addEventListener("keydown", key);
    document.documentElement.requestFullscreen?.().catch(() => undefined);
    return () => {
      document.removeEventListener("fullscreenchange", left);
      document.removeEventListener("keydown", key);
      if (document.fullscreenElement) void document.exitFullscreen().catch(() => undefined);
    };
  }, [onClose]);
}
