import { InfoCircleOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Spin, Table, Tooltip } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Figures } from "../api/figures";
import { type DeskReport, reports } from "../api/report";
import { faultText } from "../app/fault";
import { kpis, percent, seconds } from "./figures";
import type { ReportSearch } from "./filter";
import { formulaText } from "./formula";
import { useSpan } from "./span";
import { VisitDrawer } from "./VisitDrawer";

const Charts = lazy(() => import("./Charts"));

type Interval = DeskReport["intervals"][number];

/** The figures of the desk: in all, as charts, by interval; an interval opens its visits. */
export function DeskTab({ search }: { search: ReportSearch }) {
  const { t } = useTranslation();
  const { from, to, interval, queue } = search;
  const report = useQuery({ queryKey: ["report-desk", from, to, interval, queue], queryFn: () => reports.desk({ from, to, interval_minutes: interval, queue }) });
  const [opened, setOpened] = useState<Interval>();
  if (report.isError) return <Alert type="error" showIcon title={faultText(report.error)} />;
  if (!report.data) return <Spin />;
  const { total, target, intervals } = report.data;
  return (
    <>
      <dl className="rp-kpis">
        {kpis.map((kpi) => <KpiBox key={kpi.key} name={kpi.key} value={kpi.text(total)} formula={kpi.key === "service_level" ? formulaText(t, target) : t(`reports.formulaOf.${kpi.key}`)} />)}
      </dl>
      <Suspense fallback={<div className="rp-charts"><Spin /></div>}><Charts intervals={intervals} goal={target.share} onOpen={setOpened} /></Suspense>
      <IntervalTable intervals={intervals.filter((each) => each.figures.offered > 0)} onOpen={setOpened} />
      {opened && <VisitDrawer from={opened.from} to={opened.to} queue={queue} onClose={() => setOpened(undefined)} />}
    </>
  );
}

function KpiBox({ name, value, formula }: { name: string; value: string; formula: string }) {
  const { t } = useTranslation();
  return (
    <div data-testid={`kpi-${name}`}>
      <dt>{t(`reports.figure.${name}`)} <Tooltip title={formula}><button type="button" className="rp-info" aria-label={`${t("reports.formula")}: ${formula}`}><InfoCircleOutlined /></button></Tooltip></dt>
      <dd>{value}</dd>
      <dd className="rp-formula">{formula}</dd>
    </div>
  );
}

function IntervalTable({ intervals, onOpen }: { intervals: Interval[]; onOpen: (interval: Interval) => void }) {
  const { t } = useTranslation();
  const span = useSpan();
  const column = (key: string, cell: (figures: Figures) => string | number) => ({ title: t(`reports.figure.${key}`), key, align: "right" as const, render: (_: unknown, row: Interval) => cell(row.figures) });
  return (
    <Table<Interval>
      className="rp-table" size="small" rowKey="from" dataSource={intervals} scroll={{ x: "max-content" }} pagination={{ defaultPageSize: 24, hideOnSinglePage: true, size: "small" }}
      columns={[
        { title: t("reports.interval"), key: "from", render: (_, row) => <Button type="link" size="small" onClick={() => onOpen(row)} data-testid="interval">{span(row.from, row.to)}</Button> },
        column("offered", (f) => f.offered), column("answered", (f) => f.answered), column("abandoned", (f) => f.abandoned), column("overflowed", (f) => f.overflowed),
        column("answer_rate", (f) => percent(f.answer_rate)), column("service_level", (f) => percent(f.service_level)), column("answered_in_10", (f) => f.answered_in_10), column("answered_in_20", (f) => f.answered_in_20),
        column("asa", (f) => seconds(f.asa_seconds, f.answered > 0)), column("median", (f) => seconds(f.median_wait_seconds, f.answered > 0)), column("p95", (f) => seconds(f.p95_wait_seconds, f.answered > 0)),
        column("longest", (f) => seconds(f.longest_wait_seconds)), column("talk", (f) => seconds(f.talk_seconds)), column("transfers", (f) => f.transfers),
      ]}
    />
  );
}
