import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useTopic } from "../../feed/use";
import { Lane, Nothing } from "../Lane";
import { ParkedCard } from "./ParkedCard";

/** Calls that anyone may pull, oldest first. */
export function ParkedLane() {
  const { t } = useTranslation();
  const parked = useTopic("parked");
  const order = useMemo(() => [...parked].sort((a, b) => a.at.localeCompare(b.at)), [parked]);
  return (
    <Lane name="parked" title={t("desk.parked.title")} count={parked.length}>
      {order.length === 0 ? <Nothing text={t("desk.parked.empty")} /> : (
        <ul className="cards">{order.map((each) => <ParkedCard key={each.call} parked={each} />)}</ul>
      )}
    </Lane>
  );
}
