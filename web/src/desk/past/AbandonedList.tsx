import { PhoneOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, Button, Select, Table } from "antd";
import { useTranslation } from "react-i18next";

import { type Outcome, type Visit, visits } from "../../api/visit";
import { clockText } from "../../app/clock";
import { faultText, useTellFault } from "../../app/fault";
import { useActions } from "../actions/use";
import { useMoment } from "./moment";

const outcomes: Outcome[] = ["called_back", "no_answer", "not_needed"];

/** Abandoned calls (呼损) of the last day: call back, and say what came of it. */
export function AbandonedList() {
  const { t } = useTranslation();
  const moment = useMoment();
  const actions = useActions();
  const queries = useQueryClient();
  const tell = useTellFault();
  const from = new Date(Math.floor(Date.now() / 3_600_000 - 24) * 3_600_000).toISOString(); // by the hour, so that the query key holds
  const list = useQuery({ queryKey: ["abandoned", from], queryFn: () => visits.list({ how: "abandoned", from, limit: 200 }) });
  const settle = (visit: Visit, outcome: Outcome) =>
    visits.setOutcome(visit.id, outcome, visit.note ?? "").then(() => queries.invalidateQueries({ queryKey: ["abandoned"] }), tell);
  return (
    <>
      {list.isError && <Alert type="error" showIcon title={faultText(list.error)} />}
      <Table<Visit>
        rowKey="id"
        size="small"
        loading={list.isPending}
        dataSource={list.data?.items ?? []}
        pagination={{ pageSize: 15, size: "small", showSizeChanger: false }}
        columns={[
          { title: t("desk.past.at"), dataIndex: "entered", render: moment, width: 100 },
          { title: t("desk.past.number"), dataIndex: "number", render: (text: string, row) => <>{row.vip > 0 && <span className="tag vip">VIP{row.vip}</span>} {text}{row.name && <small className="past-name">{row.name}</small>}</> },
          { title: t("desk.past.waited"), dataIndex: "wait_seconds", width: 64, render: clockText },
          {
            title: t("desk.past.result"), width: 130, render: (_, row) => (
              <Select
                size="small" className="past-outcome" aria-label={`${t("desk.past.result")} ${row.number}`} placeholder={t("desk.past.open")} value={row.outcome || undefined}
                options={outcomes.map((value) => ({ value, label: t(`desk.settled.${value}`) }))} onChange={(outcome: Outcome) => void settle(row, outcome)}
              />
            ),
          },
          { title: <span className="hidden">{t("desk.past.callBackShort")}</span>, width: 86, render: (_, row) => <Button size="small" type={row.outcome ? "default" : "primary"} icon={<PhoneOutlined />} onClick={() => void actions.dial(row.number, row.id)}>{t("desk.past.callBackShort")}</Button> },
        ]}
      />
    </>
  );
}
