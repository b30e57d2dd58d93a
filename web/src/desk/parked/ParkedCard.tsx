import { Button } from "antd";
import { useTranslation } from "react-i18next";

import type { Parked } from "../../api/parked";
import { clockText, useSecondsSince } from "../../app/clock";
import { useEntry } from "../../feed/use";
import { useActions } from "../actions/use";
import { parkAge } from "../model/wait";

export function ParkedCard({ parked }: { parked: Parked }) {
  const { t } = useTranslation();
  const actions = useActions();
  const by = useEntry("seats", parked.by);
  const seconds = useSecondsSince(parked.at);
  const age = parkAge(seconds);
  return (
    <li className={`card parked ${age}`}>
      <div className="card-main">
        <span className="card-line">
          <strong className="card-who">{parked.name || (parked.room ? t("desk.room", { room: parked.room }) : parked.number)}</strong>
          <span className={`wait ${age}`}>{age !== "fresh" && <span className="wait-word">{t(`desk.parked.${age}`)}</span>}{clockText(seconds)}</span>
        </span>
        <span className="card-line small">
          {parked.for && <span>{t("desk.parked.for", { who: parked.for })}</span>}
          <span className="card-queue">{by?.name ?? parked.by}</span>
        </span>
        {parked.note && <span className="card-line small note" title={parked.note}>{parked.note}</span>}
      </div>
      <Button size="small" className="card-act" onClick={() => void actions.pull(parked.call)}>{t("desk.parked.pull")}</Button>
    </li>
  );
}
