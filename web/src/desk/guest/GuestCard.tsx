import { CrownFilled, WarningFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import type { LastCall } from "../../api/caller";
import type { GuestCard as Card } from "../../api/guest";
import { useActions } from "../actions/use";
import { languageName } from "./language";

export function GuestCard({ card, number }: { card: Card; number: string }) {
  const { t, i18n } = useTranslation();
  const moment = (at: string) => new Date(at).toLocaleString(i18n.language, { month: "numeric", day: "numeric", hour: "2-digit", minute: "2-digit" });
  const nights = card.checked_in ? Math.max(0, Math.floor((Date.now() - Date.parse(card.checked_in)) / 86_400_000)) : 0;
  return (
    <div className="guest" data-testid="guest-card">
      {card.malice && <p className="guest-malice" role="alert"><WarningFilled /> {t("desk.guest.malice")}</p>}
      <p className="guest-room">{card.room ? t("desk.room", { room: card.room }) : card.name || t("desk.guest.outside")}<span>{number}</span></p>
      {card.guests.map((guest) => (
        <div key={guest.name} className={`guest-person${guest.vip > 0 ? " vip" : ""}`}>
          <strong>{guest.name}</strong>
          {guest.vip > 0 && <span className="tag vip"><CrownFilled /> VIP{guest.vip}</span>}
          {guest.language && <span className="tag plain">{languageName(guest.language, i18n.language)}</span>}
        </div>
      ))}
      {card.checked_in && <p className="guest-line"><span>{t("desk.guest.since")}</span>{moment(card.checked_in)} · {t("desk.guest.nights", { count: nights })}</p>}
      {card.notes && <p className="guest-notes"><span>{t("desk.guest.notes")}</span>{card.notes}</p>}
      <h3>{t("desk.guest.last")}</h3>
      {card.last_calls.length === 0 ? <p className="nothing">{t("desk.guest.noCalls")}</p> : (
        <ul className="guest-calls">{card.last_calls.slice(0, 5).map((call) => <PastCall key={call.call} call={call} moment={moment} />)}</ul>
      )}
    </div>
  );
}

function PastCall({ call, moment }: { call: LastCall; moment: (at: string) => string }) {
  const { t } = useTranslation();
  const actions = useActions();
  return (
    <li>
      <time>{moment(call.at)}</time>
      <button type="button" title={t("desk.past.callBack", { number: call.number })} onClick={() => void actions.dial(call.number)}>{call.name || call.number}</button>
      <span>{t(`desk.direction.${call.direction}`, call.direction)} · {t(`desk.outcome.${call.outcome}`, call.outcome)}</span>
    </li>
  );
}
