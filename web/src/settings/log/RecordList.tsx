import { DownloadOutlined } from "@ant-design/icons";
import { Alert, Button, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Query } from "../../api/client";
import { clockText } from "../../app/clock";
import { faultText } from "../../app/fault";
import { type CallRecord, directions, outcomes, records } from "../api/record";
import { optionsOf } from "../kit/field";
import { useInstant } from "../kit/moment";
import { Filters } from "./Filters";
import { partyLine, RecordDrawer } from "./RecordDrawer";
import { usePages } from "./use-pages";

/** Call records: filtered, a page at a time, as a file. */
export function RecordList() {
  const { t } = useTranslation();
  const instant = useInstant();
  const [filter, setFilter] = useState<Query>({});
  const [shown, setShown] = useState<string>();
  const list = usePages<CallRecord>("records", records.list, filter);
  return (
    <>
      <div className="list-bar">
        <h1>{t("settings.record.title")}</h1><span className="lane-count">{list.rows.length}{list.hasNextPage ? "+" : ""}</span>
        <Button className="list-end" icon={<DownloadOutlined />} href={records.csv(filter)} download data-testid="records-csv">CSV</Button>
      </div>
      <Filters
        section="record" value={filter} onChange={setFilter}
        filters={[
          { name: "extension", kind: "text" }, { name: "number", kind: "text" }, { name: "room", kind: "text" }, { name: "trunk", kind: "text" },
          { name: "direction", kind: "choice", options: optionsOf(directions, (each) => t(`settings.direction.${each}`)) },
          { name: "outcome", kind: "choice", options: optionsOf(outcomes, (each) => t(`settings.outcome.${each}`)) },
          { name: "min_talk", kind: "number" }, { name: "max_talk", kind: "number" },
          { name: "monitored", kind: "choice", options: [{ value: "true", label: t("settings.record.onlyMonitored") }] },
          { name: "open", kind: "choice", options: [{ value: "true", label: t("settings.record.onlyOpen") }] },
        ]}
      />
      {list.isError && <Alert type="error" showIcon title={faultText(list.error)} />}
      <Table<CallRecord>
        size="small" rowKey="id" loading={list.isFetching} dataSource={list.rows} pagination={false} scroll={{ x: "max-content" }}
        columns={[
          { title: t("settings.record.started"), dataIndex: "started", render: (at: string, row) => <Button type="link" size="small" onClick={() => setShown(row.id)}>{instant(at)}</Button> },
          { title: t("settings.record.direction"), dataIndex: "direction", render: (text: string, row) => <>{t(`settings.direction.${text}`)}{row.emergency && <span className="tag malice">{t("settings.record.emergency")}</span>}</> },
          { title: t("settings.record.fromParty"), key: "from", render: (_, row) => partyLine(row.from) },
          { title: t("settings.record.dialled"), dataIndex: "dialled" },
          { title: t("settings.record.toParty"), key: "to", render: (_, row) => partyLine(row.to) },
          { title: t("settings.record.trunk"), dataIndex: "trunk" },
          { title: t("settings.record.outcome"), dataIndex: "outcome", render: (text?: string) => (text ? t(`settings.outcome.${text}`) : t("settings.record.goingOn")) },
          { title: t("settings.record.talk"), dataIndex: "talk_seconds", align: "right", render: clockText },
        ]}
      />
      {list.hasNextPage && <Button block className="more" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t("settings.kit.more_")}</Button>}
      {shown && <RecordDrawer id={shown} onClose={() => setShown(undefined)} />}
    </>
  );
}
