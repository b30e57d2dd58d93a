import { useTranslation } from "react-i18next";

import { Lane } from "../Lane";
import { useDesk } from "../model/desk";
import { loopCount } from "../model/slots";
import { EmptyLoop, LoopRow } from "./LoopRow";

/** My calls, each on its loop. */
export function Loops() {
  const { t } = useTranslation();
  const { loops, slots, selected } = useDesk();
  const rows = Array.from({ length: loopCount }, (_, i) => slots[i]);
  return (
    <Lane name="loops" title={t("desk.loop.title")} count={loops.length}>
      <ol className="loops">
        {rows.map((loop, i) => (loop ? <LoopRow key={i} slot={i + 1} loop={loop} chosen={loop === selected} /> : <EmptyLoop key={i} slot={i + 1} />))}
      </ol>
    </Lane>
  );
}
