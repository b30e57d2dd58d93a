import { useQuery } from "@tanstack/react-query";
import { Alert, Table } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { type AgentReport, reports } from "../api/report";
import type { WorkState } from "../api/seat";
import { clockText } from "../app/clock";
import { faultText } from "../app/fault";
import { percent, seconds } from "./figures";
import type { ReportSearch } from "./filter";

const states: WorkState[] = ["ready", "alerting", "talking", "holding", "wrap_up", "paused", "busy_other", "not_responding", "offline"];

/** What each agent did with the time. */
export function AgentTab({ search: { from, to, queue } }: { search: ReportSearch }) {
  const { t } = useTranslation();
  const report = useQuery({ queryKey: ["report-agents", from, to, queue], queryFn: () => reports.agents({ from, to, queue }) });
  const head = (text: string, formula: string): ReactNode => <span title={formula}>{text}</span>;
  if (report.isError) return <Alert type="error" showIcon title={faultText(report.error)} />;
  return (
    <>
      <p className="list-hint">{t("reports.formulaText", { name: t("reports.occupancy"), formula: t("reports.formulaOf.occupancy") })}　{t("reports.formulaText", { name: t("reports.figure.aht"), formula: t("reports.formulaOf.aht") })}</p>
      <Table<AgentReport>
        size="small" rowKey="account" loading={report.isPending} dataSource={report.data?.items ?? []} pagination={false} scroll={{ x: "max-content" }} data-testid="agents"
        columns={[
          { title: t("reports.visit.agent"), key: "name", fixed: "start", render: (_, row) => row.name || row.account, sorter: (a, b) => a.name.localeCompare(b.name) },
          { title: t("reports.figure.answered"), key: "answered", align: "right", render: (_, row) => row.figures.answered, sorter: (a, b) => a.figures.answered - b.figures.answered },
          { title: t("reports.figure.asa"), key: "asa", align: "right", render: (_, row) => seconds(row.figures.asa_seconds, row.figures.answered > 0) },
          { title: head(t("reports.figure.aht"), t("reports.formulaOf.aht")), key: "aht", align: "right", render: (_, row) => seconds(row.figures.aht_seconds, row.figures.answered > 0) },
          { title: t("reports.signedOn"), key: "on", align: "right", render: (_, row) => clockText(row.signed_on_seconds) },
          { title: head(t("reports.occupancy"), t("reports.formulaOf.occupancy")), key: "occupancy", align: "right", render: (_, row) => percent(row.occupancy), sorter: (a, b) => (a.occupancy ?? 0) - (b.occupancy ?? 0) },
          ...states.map((state) => ({ title: t(`state.${state}`), key: state, align: "right" as const, render: (_: unknown, row: AgentReport) => (row.states[state] ? clockText(row.states[state]) : "–") })),
          { title: t("reports.pauses"), key: "pauses", render: (_, row) => pausesText(row.pauses, t("reports.noReason")) || "–" },
        ]}
      />
    </>
  );
}

/** { 用餐: 1800 } → "用餐 30:00", the longest first. */
export function pausesText(pauses: Record<string, number>, nameless: string): string {
  return Object.entries(pauses).sort(([, a], [, b]) => b - a).map(([reason, took]) => `${reason || nameless} ${clockText(took)}`).join(" · ");
}
