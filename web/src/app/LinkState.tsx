import { ApiOutlined, DisconnectOutlined, LoadingOutlined, WarningOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import { useEntry, useLink } from "../feed/use";

/** Whether the page is live and the house behind it is well. */
export function LinkState() {
  const { t } = useTranslation();
  const link = useLink();
  const status = useEntry("status", "system");
  if (link === "live" && status && !status.switch) return <Mark kind="bad" icon={<WarningOutlined />} text={t("link.switchDown")} />;
  if (link === "live" && status && !status.database) return <Mark kind="bad" icon={<WarningOutlined />} text={t("link.databaseDown")} />;
  if (link === "live") return <Mark kind="good" icon={<ApiOutlined />} text={t("link.live")} />;
  if (link === "lost") return <Mark kind="bad" icon={<DisconnectOutlined />} text={t("link.lost")} />;
  return <Mark kind="calm" icon={<LoadingOutlined />} text={t("link.connecting")} />;
}

function Mark({ kind, icon, text }: { kind: "good" | "bad" | "calm"; icon: React.ReactNode; text: string }) {
  return <span className={`link-state ${kind}`} role="status">{icon}<span>{text}</span></span>;
}
