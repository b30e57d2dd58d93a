import { CheckCircleOutlined } from "@ant-design/icons";
import { Alert, Button, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { audit, type AuditRow, type AuditVerdict } from "../../api/audit";
import type { Query } from "../../api/client";
import { faultText, useTellFault } from "../../app/fault";
import { useInstant } from "../kit/moment";
import { Filters } from "./Filters";
import { usePages } from "./use-pages";

/** The audit chain: who did what to whom, and whether nobody has touched it since. */
export function AuditList() {
  const { t } = useTranslation();
  const instant = useInstant();
  const tell = useTellFault();
  const [filter, setFilter] = useState<Query>({});
  const [verdict, setVerdict] = useState<AuditVerdict>();
  const [busy, setBusy] = useState(false);
  const list = usePages<AuditRow>("audit", (query) => audit.list(query as Parameters<typeof audit.list>[0]), filter);
  const verify = () => {
    setBusy(true);
    audit.verify().then(setVerdict, tell).finally(() => setBusy(false));
  };
  return (
    <>
      <div className="list-bar">
        <h1>{t("settings.audit.title")}</h1><span className="lane-count">{list.rows.length}{list.hasNextPage ? "+" : ""}</span>
        <Button className="list-end" icon={<CheckCircleOutlined />} loading={busy} onClick={verify} data-testid="verify">{t("settings.audit.verify")}</Button>
      </div>
      {verdict && <Verdict verdict={verdict} />}
      <Filters section="audit" value={filter} onChange={setFilter} filters={[{ name: "who", kind: "text" }, { name: "what", kind: "text" }, { name: "object", kind: "text" }]} />
      {list.isError && <Alert type="error" showIcon title={faultText(list.error)} />}
      <Table<AuditRow>
        size="small" rowKey="seq" loading={list.isFetching} dataSource={list.rows} pagination={false} scroll={{ x: "max-content" }}
        expandable={{ expandedRowRender: (row) => <Change row={row} />, rowExpandable: (row) => Boolean(row.before || row.after || row.hash) }}
        columns={[
          { title: t("settings.audit.seq"), dataIndex: "seq" },
          { title: t("settings.audit.at"), dataIndex: "at", render: instant },
          { title: t("settings.audit.who"), dataIndex: "who" },
          { title: t("settings.audit.what"), dataIndex: "what" },
          { title: t("settings.audit.object"), dataIndex: "object", render: (text?: string) => <span className="cut" title={text}>{text || "–"}</span> },
          { title: t("settings.audit.reason"), dataIndex: "reason", render: (text?: string) => <span className="cut" title={text}>{text || "–"}</span> },
          { title: t("settings.audit.where"), dataIndex: "where" },
        ]}
      />
      {list.hasNextPage && <Button block className="more" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>{t("settings.kit.more_")}</Button>}
    </>
  );
}

function Verdict({ verdict }: { verdict: AuditVerdict }) {
  const { t } = useTranslation();
  const title = verdict.ok ? t("settings.audit.good", { rows: verdict.rows }) : t("settings.audit.bad", { seq: verdict.first_bad ?? "?", rows: verdict.rows });
  return <Alert className="login-fault" data-testid="verdict" type={verdict.ok ? "success" : "error"} showIcon title={title} description={verdict.message} role={verdict.ok ? "status" : "alert"} />;
}

function Change({ row }: { row: AuditRow }) {
  const { t } = useTranslation();
  return (
    <dl className="change">
      {row.before && <div><dt>{t("settings.audit.before")}</dt><dd><pre>{pretty(row.before)}</pre></dd></div>}
      {row.after && <div><dt>{t("settings.audit.after")}</dt><dd><pre>{pretty(row.after)}</pre></dd></div>}
      <div><dt>{t("settings.audit.hash")}</dt><dd><code>{row.hash}</code></dd></div>
    </dl>
  );
}

/** JSON with line breaks; anything else as it is. */
function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
