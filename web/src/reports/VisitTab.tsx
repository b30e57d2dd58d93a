import { Segmented } from "antd";
import { useTranslation } from "react-i18next";

import type { ReportSearch } from "./filter";
import { VisitTable } from "./VisitTable";

const hows = ["abandoned", "answered", "overflow", "resumed", "lost"];

/** 呼损 first; the other ways to leave a queue on demand. */
export function VisitTab({ search, onChange }: { search: ReportSearch; onChange: (part: Partial<ReportSearch>) => void }) {
  const { t } = useTranslation();
  const { from, to, queue } = search;
  const how = search.how ?? "abandoned";
  return (
    <>
      <Segmented className="rp-hows" value={how} onChange={(chosen) => onChange({ how: chosen })} options={hows.map((value) => ({ value, label: t(`reports.how.${value}`) }))} />
      <VisitTable filter={{ from, to, queue, how }} />
    </>
  );
}
