import { PhoneOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Button, Input, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { callers, type LastCall } from "../../api/caller";
import { faultText } from "../../app/fault";
import { useActions } from "../actions/use";
import { useMoment } from "./moment";

/** The last outside callers (R94). */
export function CallerList() {
  const { t } = useTranslation();
  const actions = useActions();
  const moment = useMoment();
  const [number, setNumber] = useState("");
  const list = useQuery({ queryKey: ["desk-callers", number], queryFn: () => callers.last(number || undefined) });
  return (
    <>
      <Input.Search className="past-search" aria-label={t("desk.past.filter")} placeholder={t("desk.past.filter")} allowClear maxLength={20} onSearch={(text) => setNumber(text.replace(/[^0-9+*#]/g, ""))} />
      {list.isError && <Alert type="error" showIcon title={faultText(list.error)} />}
      <Table<LastCall>
        rowKey={(row) => `${row.call}-${row.at}`}
        size="small"
        loading={list.isPending}
        dataSource={list.data?.items ?? []}
        pagination={{ pageSize: 15, size: "small", showSizeChanger: false }}
        columns={[
          { title: t("desk.past.at"), dataIndex: "at", render: moment, width: 110 },
          { title: t("desk.past.number"), dataIndex: "number", render: (text: string, row) => <>{text}{row.name && <small className="past-name">{row.name}</small>}</> },
          { title: t("desk.past.outcome"), dataIndex: "outcome", width: 110, render: (text: string, row) => `${t(`desk.direction.${row.direction}`, row.direction)} · ${t(`desk.outcome.${text}`, text)}` },
          { title: <span className="hidden">{t("desk.past.callBackShort")}</span>, width: 90, render: (_, row) => <Button size="small" icon={<PhoneOutlined />} onClick={() => void actions.dial(row.number, row.visit)}>{t("desk.past.callBackShort")}</Button> },
        ]}
      />
    </>
  );
}
