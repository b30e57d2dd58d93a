import { useQuery } from "@tanstack/react-query";
import { Alert, Descriptions, Drawer, Spin, Table } from "antd";
import { useTranslation } from "react-i18next";

import type { Party } from "../../api/party";
import { clockText } from "../../app/clock";
import { faultText } from "../../app/fault";
import { type CallRecord, type RecordLeg, records } from "../api/record";
import { useInstant } from "../kit/moment";

/** A party in one line. */
export function partyLine(party: Party | undefined): string {
  return [party?.name, party?.number || party?.extension].filter(Boolean).join(" ") || "–";
}

/** All that is known of a past call: its legs, and why it went as it did. */
export function RecordDrawer({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useTranslation();
  const record = useQuery({ queryKey: ["record", id], queryFn: () => records.get(id) });
  return (
    <Drawer open size={760} title={t("settings.record.one", { id })} onClose={onClose}>
      {record.isPending && <Spin />}
      {record.isError && <Alert type="error" showIcon title={faultText(record.error)} />}
      {record.data && <Details record={record.data} />}
    </Drawer>
  );
}

function Details({ record }: { record: CallRecord }) {
  const { t } = useTranslation();
  const instant = useInstant();
  const items = [
    [t("settings.record.direction"), t(`settings.direction.${record.direction}`)], [t("settings.record.outcome"), record.outcome ? t(`settings.outcome.${record.outcome}`) : t("settings.record.goingOn")],
    [t("settings.record.fromParty"), partyLine(record.from)], [t("settings.record.dialled"), record.dialled],
    [t("settings.record.toParty"), partyLine(record.to)], [t("settings.record.trunk"), record.trunk || "–"],
    [t("settings.record.started"), instant(record.started)], [t("settings.record.answered"), instant(record.answered)],
    [t("settings.record.ended"), instant(record.ended)], [t("settings.record.talk"), clockText(record.talk_seconds)],
    [t("settings.record.cause"), record.cause ? `${record.cause} ${record.cause_text ?? ""}` : "–"], [t("settings.record.hungUpBy"), record.hung_up_by || "–"],
  ].map(([label, children], key) => ({ key, label, children }));
  return (
    <>
      <Descriptions bordered size="small" column={2} items={items} />
      {record.reasons.length > 0 && <><h3 className="part-head">{t("settings.record.reasons")}</h3><ol className="reasons">{record.reasons.map((reason, i) => <li key={i}>{reason}</li>)}</ol></>}
      <h3 className="part-head">{t("settings.record.legs")}</h3>
      <Table<RecordLeg>
        size="small" rowKey="id" pagination={false} dataSource={record.legs ?? []} scroll={{ x: "max-content" }}
        columns={[
          { title: t("settings.record.role"), dataIndex: "role", render: (role: string) => t(`settings.legRole.${role}`, role) },
          { title: t("settings.record.number"), key: "number", render: (_, leg) => leg.number || leg.endpoint || "–" },
          { title: t("settings.record.started"), dataIndex: "started", render: instant },
          { title: t("settings.record.answered"), dataIndex: "answered", render: instant },
          { title: t("settings.record.ended"), dataIndex: "ended", render: instant },
          { title: t("settings.record.cause"), dataIndex: "cause" },
        ]}
      />
    </>
  );
}
