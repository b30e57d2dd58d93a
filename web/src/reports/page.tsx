import { useNavigate, useSearch } from "@tanstack/react-router";
import { Tabs } from "antd";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { Shell } from "../app/Shell";
import { addTexts } from "../i18n/language";
import { Readable } from "../settings/kit/Readable";
import "../settings/settings.css";
import { en as settingsEn } from "../settings/text/en";
import { zh as settingsZh } from "../settings/text/zh";
import { AgentTab } from "./AgentTab";
import { DeskTab } from "./DeskTab";
import { FilterBar } from "./FilterBar";
import { type ReportSearch, readSearch } from "./filter";
import "./reports.css";
import { en } from "./text/en";
import { addFormulaTexts } from "./text/formula";
import { zh } from "./text/zh";
import { VisitTab } from "./VisitTab";

addTexts("reports", zh, en);
addTexts("settings", settingsZh, settingsEn); // the call record is the settings' own
addFormulaTexts();

/** The reports; what they cover stands in the address, so that a report can be shared. */
export default function Page() {
  const { t } = useTranslation();
  const raw = useSearch({ strict: false }) as Record<string, unknown>;
  const search = useMemo(() => readSearch(raw, new Date()), [raw]);
  const navigate = useNavigate();
  const change = (part: Partial<ReportSearch>) => void navigate({ to: "/reports", search: { ...search, ...part }, replace: true });
  const items = [
    { key: "desk", label: t("reports.tab.desk"), children: <DeskTab search={search} /> },
    { key: "agents", label: t("reports.tab.agents"), children: <AgentTab search={search} /> },
    { key: "visits", label: t("reports.tab.visits"), children: <VisitTab search={search} onChange={change} /> },
  ];
  return (
    <Shell>
      <h1 className="hidden">{t("app.reports")}</h1>
      <Readable><div className="rp">
        <FilterBar search={search} onChange={change} />
        <Tabs activeKey={search.tab} items={items} destroyOnHidden onChange={(tab) => change({ tab: tab as ReportSearch["tab"] })} />
      </div></Readable>
    </Shell>
  );
}
