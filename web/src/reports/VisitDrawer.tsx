import { Drawer } from "antd";
import { useTranslation } from "react-i18next";

import { useSpan } from "./span";
import { VisitTable } from "./VisitTable";

/** The visits behind the figures of one interval. */
export function VisitDrawer({ from, to, queue, onClose }: { from: string; to: string; queue?: string; onClose: () => void }) {
  const { t } = useTranslation();
  const span = useSpan();
  return <Drawer open size={960} title={t("reports.visit.of", { span: span(from, to) })} onClose={onClose}><VisitTable filter={{ from, to, queue }} /></Drawer>;
}
