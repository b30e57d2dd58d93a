import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { Alert, Button, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Query } from "../api/client";
import { reports } from "../api/report";
import { type Visit, type VisitFilter, visits } from "../api/visit";
import { clockText } from "../app/clock";
import { faultText } from "../app/fault";
import { useCan } from "../session/session";
import { RecordDrawer } from "../settings/log/RecordDrawer";
import { useInstant } from "../settings/kit/moment";

/** Visits of callers to queues; each opens the record of its call. */
export function VisitTable({ filter }: { filter: Query }) {
  const { t } = useTranslation();
  const instant = useInstant();
  const mayOpen = useCan("calls.read");
  const nameOf = useNames(filter);
  const [call, setCall] = useState<string>();
  const list = useInfiniteQuery({
    queryKey: ["visits", filter], queryFn: ({ pageParam }) => visits.list({ ...filter, limit: 200, after: pageParam } as VisitFilter),
    initialPageParam: undefined as string | undefined, getNextPageParam: (last) => last.next || undefined,
  });
  const rows = list.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {list.isError && <Alert type="error" showIcon title={faultText(list.error)} />}
      <Table<Visit>
        size="small" rowKey="id" loading={list.isPending} dataSource={rows} pagination={false} scroll={{ x: "max-content" }} data-testid="visits"
        columns={[
          { title: t("reports.visit.entered"), dataIndex: "entered", render: (at: string, row) => (mayOpen ? <Button type="link" size="small" onClick={() => setCall(row.call)} data-testid={`visit-${row.id}`}>{instant(at)}</Button> : instant(at)) },
          { title: t("reports.visit.number"), key: "number", render: (_, row) => <>{row.vip > 0 && <span className="tag vip">VIP{row.vip}</span>} {[row.name, row.number].filter(Boolean).join(" ")}</> },
          { title: t("reports.queue"), dataIndex: "queue" },
          { title: t("reports.visit.how"), dataIndex: "how", render: (how?: string) => <span className={`rp-how ${how ?? ""}`}>{how ? t(`reports.how.${how}`) : t("reports.visit.waiting")}</span> },
          { title: t("reports.visit.wait"), dataIndex: "wait_seconds", align: "right", sorter: (a, b) => a.wait_seconds - b.wait_seconds, render: clockText },
          { title: t("reports.visit.agent"), dataIndex: "account", render: (account?: string) => (account ? nameOf(account) : "–") },
          { title: t("reports.visit.talk"), dataIndex: "talk_seconds", align: "right", render: (value: number) => (value ? clockText(value) : "–") },
          { title: t("reports.visit.outcome"), dataIndex: "outcome", render: (outcome: string | undefined, row) => (row.how === "abandoned" ? t(`reports.outcome.${outcome || "open"}`) : "–") },
          { title: t("reports.visit.note"), dataIndex: "note", render: (note?: string) => note || "–" },
        ]}
      />
      {list.hasNextPage && <Button block className="rp-more" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t("reports.more")}</Button>}
      {call && <RecordDrawer id={call} onClose={() => setCall(undefined)} />}
    </>
  );
}

/** Agents' names, from the report of the same period. */
function useNames({ from, to }: Query): (account: string) => string {
  const agents = useQuery({ queryKey: ["report-agents", from, to, undefined], queryFn: () => reports.agents({ from: String(from), to: String(to) }), enabled: Boolean(from && to) });
  return (account) => agents.data?.items.find((each) => each.account === account)?.name || account;
}
