import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useTopic } from "../../feed/use";
import { Lane, Nothing } from "../Lane";
import { useDesk } from "../model/desk";
import { laneOrder } from "../model/wait";
import { CallerCard } from "./CallerCard";

/** All who wait, those that ring me first. */
export function QueueLane() {
  const { t } = useTranslation();
  const { account } = useDesk();
  const callers = useTopic("callers");
  const order = useMemo(() => laneOrder(callers, account), [callers, account]);
  return (
    <Lane name="queue" title={t("desk.queue.title")} count={callers.length}>
      {order.length === 0 ? <Nothing text={t("desk.queue.empty")} /> : (
        <ul className="cards" tabIndex={-1}>{order.map((caller) => <CallerCard key={caller.call} caller={caller} />)}</ul>
      )}
    </Lane>
  );
}
