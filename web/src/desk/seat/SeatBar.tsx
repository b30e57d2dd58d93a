import { useTranslation } from "react-i18next";

import type { Caller } from "../../api/caller";
import { clockText, useSecondsSince } from "../../app/clock";
import { useComputed } from "../../feed/use";
import { PhoneChip } from "../../phone/PhoneChip";
import { useDesk } from "../model/desk";
import { serviceLevel } from "./level";
import { SeatControl } from "./SeatControl";

const oldest = (all: readonly Caller[]) => all.reduce((first, each) => (!first || each.entered < first ? each.entered : first), "");

/** The bar's own part at the switchboard: my state, my phone, and how the queue does. */
export function SeatBar() {
  const { t } = useTranslation();
  const { seat } = useDesk();
  const waiting = useComputed("callers", (all) => all.length);
  const longest = useSecondsSince(useComputed("callers", oldest) || undefined);
  const level = useComputed("queues", serviceLevel, (a, b) => a?.share === b?.share && a?.goal === b?.goal);
  return (
    <>
      <SeatControl seat={seat} />
      <PhoneChip />
      <dl className="bar-figures">
        <div className={waiting > 0 ? "some" : ""}><dt>{t("desk.bar.waiting")}</dt><dd>{waiting}</dd></div>
        <div><dt>{t("desk.bar.longest")}</dt><dd>{clockText(longest)}</dd></div>
        <div className={level && level.share < level.goal ? "low" : ""} title={level ? t("desk.bar.levelHint", { within: level.within, goal: Math.round(level.goal * 100), formula: level.formula }) : undefined}>
          <dt>{t("desk.bar.level")}</dt><dd>{level ? `${Math.round(level.share * 100)}%` : "–"}{level && level.share < level.goal && <span className="hidden">{t("desk.bar.low")}</span>}</dd>
        </div>
      </dl>
    </>
  );
}
