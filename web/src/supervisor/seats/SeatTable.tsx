import { StarFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import type { Call } from "../../api/call";
import type { MonitorHow, Seat } from "../../api/seat";
import { clockText, useSecondsSince } from "../../app/clock";
import { useTopic } from "../../feed/use";
import { callOfSeat, otherThan, partyText, watchOf } from "../model/watch";
import { useOwnExtension } from "../own/use";
import { StateMark } from "./look";
import { SeatDeeds } from "./SeatDeeds";

/** All agents: what they do, since when, and what I may do about it. */
export function SeatTable() {
  const { t } = useTranslation();
  const seats = useTopic("seats");
  const calls = useTopic("calls");
  const extension = useOwnExtension();
  const watch = watchOf(calls, seats, extension);
  const sorted = [...seats].sort((a, b) => a.extension.localeCompare(b.extension, undefined, { numeric: true }));
  return (
    <section className="sv-panel sv-seats" aria-labelledby="sv-seats">
      <header><h2 id="sv-seats">{t("supervisor.seats.title")}</h2><span className="lane-count">{seats.length}</span></header>
      {seats.length === 0 && <p className="nothing">{t("supervisor.seats.none")}</p>}
      {seats.length > 0 && (
        <div className="sv-scroll" tabIndex={0} role="group" aria-labelledby="sv-seats">
          <table className="sv-table">
            <thead>
              <tr>
                <th scope="col">{t("supervisor.seats.who")}</th><th scope="col">{t("supervisor.seats.state")}</th><th scope="col">{t("supervisor.seats.call")}</th>
                <th scope="col">{t("supervisor.seats.today")}</th><th scope="col">{t("supervisor.seats.deeds")}</th>
              </tr>
            </thead>
            <tbody>
              {sorted.map((seat) => (
                <SeatRow key={seat.account} seat={seat} call={callOfSeat(calls, seat)} mine={seat.extension === extension} how={watch?.agent?.account === seat.account ? watch.how : undefined} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}

function SeatRow({ seat, call, mine, how }: { seat: Seat; call?: Call; mine: boolean; how?: MonitorHow }) {
  const { t } = useTranslation();
  return (
    <tr data-testid={`seat-${seat.account}`} data-state={seat.state} className={how ? "watched" : undefined}>
      <th scope="row">
        <span className="sv-name">{seat.name}{seat.vip && <StarFilled className="sv-vip" title={t("supervisor.seats.vip")} aria-label={t("supervisor.seats.vip")} />}</span>
        <small>{seat.extension}</small>
      </th>
      <td><StateMark seat={seat} /></td>
      <td>{call ? <CallCell call={call} seat={seat} /> : <span className="own-hint">–</span>}</td>
      <td className="sv-today"><b>{seat.calls}</b> {t("supervisor.seats.calls")}<br /><span className={seat.missed > 0 ? "sv-missed" : undefined} title={t("supervisor.seats.missedHint")}><b>{seat.missed}</b> {t("supervisor.seats.missed")}</span></td>
      <td className="sv-deed-cell"><SeatDeeds seat={seat} inCall={call !== undefined} mine={mine} how={how} /></td>
    </tr>
  );
}

function CallCell({ call, seat }: { call: Call; seat: Seat }) {
  const { t } = useTranslation();
  const seconds = useSecondsSince(call.answered ?? call.started);
  const other = otherThan(call, seat.extension);
  return <span className="sv-call"><span title={partyText(other)}>{partyText(other)}</span><small>{t(`supervisor.phase.${call.phase}`)} <time>{clockText(seconds)}</time></small></span>;
}
