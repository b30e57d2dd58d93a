import { BellFilled, CrownFilled, WarningFilled } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import type { Caller } from "../../api/caller";
import { clockText, useSecondsSince } from "../../app/clock";
import { useStore } from "../../app/store";
import { useEntry } from "../../feed/use";
import { useActions } from "../actions/use";
import { languageName } from "../guest/language";
import { useDesk } from "../model/desk";
import { screen } from "../model/screen";
import { waitAge } from "../model/wait";

/** One waiting caller: who, for how long, and what to beware of; each by word and icon besides colour. */
export function CallerCard({ caller }: { caller: Caller }) {
  const { t, i18n } = useTranslation();
  const actions = useActions();
  const { account, loops } = useDesk();
  const chosen = useStore(screen, (each) => each.selected === caller.call);
  const queue = useEntry("queues", caller.queue);
  const seconds = useSecondsSince(caller.entered);
  const age = waitAge(seconds, queue?.target.within_seconds || 12);
  const loop = loops.find((each) => each.call.id === caller.call);
  const mine = caller.ringing?.includes(account) ?? false;
  const marks = [age, caller.vip > 0 && "vip", caller.malice && "malice", mine && "mine", chosen && "chosen"].filter(Boolean).join(" ");
  return (
    <li className={`card caller ${marks}`}>
      <button type="button" className="card-main" aria-pressed={chosen} onClick={() => screen.set({ selected: caller.call, looked: caller.call })}>
        <span className="card-line">
          {mine && <BellFilled className="ring-icon" aria-label={t("desk.queue.ringsYou")} />}
          <strong className="card-who">{caller.name || (caller.room ? t("desk.room", { room: caller.room }) : caller.number)}</strong>
          <span className={`wait ${age}`}>{age !== "fresh" && <span className="wait-word">{t(`desk.queue.${age}`)}</span>}{clockText(seconds)}</span>
        </span>
        <span className="card-line small">
          <span>{caller.room ? `${t("desk.room", { room: caller.room })}` : caller.number}</span>
          {caller.language && <span>{languageName(caller.language, i18n.language)}</span>}
          <span className="card-queue">{queue?.title ?? caller.queue}</span>
        </span>
        {(caller.vip > 0 || caller.malice) && (
          <span className="card-line tags">
            {caller.vip > 0 && <span className="tag vip"><CrownFilled /> VIP{caller.vip}</span>}
            {caller.malice && <span className="tag malice"><WarningFilled /> {t("desk.malice")}</span>}
          </span>
        )}
      </button>
      {mine && loop && <Button size="small" type="primary" className="card-act" onClick={() => void actions.answer(loop)}>{t("desk.command.answer")}</Button>}
    </li>
  );
}
