import { PlusOutlined } from "@ant-design/icons";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Drawer, Table } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { faultText, useTellFault } from "../../app/fault";
import { useCan } from "../../session/session";
import { type Device, type DeviceInput, type DeviceSecret, devices } from "../api/device";
import { Editor } from "../kit/Editor";
import { optionsOf } from "../kit/field";
import { type Secret, SecretDialog } from "../kit/SecretDialog";
import { Yes } from "../kit/Yes";

/** The phones that register for an extension; their passwords are shown once. */
export function DeviceDrawer({ extension, onClose }: { extension: string; onClose: () => void }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const tell = useTellFault();
  const may = useCan("hotel.write");
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [secret, setSecret] = useState<Secret>();
  const list = useQuery({ queryKey: ["devices", extension], queryFn: () => devices.all({ extension }) });
  const refresh = () => queries.invalidateQueries({ queryKey: ["devices", extension] });
  const show = (made: DeviceSecret) =>
    setSecret({ title: t("settings.device.made"), lines: [{ label: t("settings.device.endpoint"), value: made.device.endpoint }, { label: t("settings.device.secret"), value: made.secret }, { label: t("settings.device.realm"), value: made.realm }] });
  const ask = (title: string, row: Device, work: () => Promise<unknown>) =>
    void modal.confirm({ title: t(title, { name: row.label || row.endpoint }), okButtonProps: { danger: true }, okText: t("act.ok"), cancelText: t("act.cancel"), onOk: () => work().then(refresh, tell) });
  return (
    <Drawer open size={720} title={t("settings.device.of", { number: extension })} onClose={onClose} extra={may && <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>{t("act.add")}</Button>}>
      {list.isError && <Alert type="error" showIcon title={faultText(list.error)} />}
      <Table<Device>
        size="small" rowKey="id" loading={list.isPending} dataSource={list.data ?? []} pagination={false} scroll={{ x: "max-content" }}
        columns={[
          { title: t("settings.device.label"), dataIndex: "label" },
          { title: t("settings.device.kind"), dataIndex: "kind", render: (kind: string) => t(`settings.deviceKind.${kind}`) },
          { title: t("settings.device.endpoint"), dataIndex: "endpoint" },
          { title: t("settings.account.state"), key: "online", render: (_, row) => <Yes on={row.online} yes={t("settings.kit.online")} no={t("settings.kit.offline")} bad /> },
          ...(may ? [{
            title: t("settings.kit.deeds"), key: "deeds", width: 1, render: (_: unknown, row: Device) => (
              <span className="row-deeds">
                <Button size="small" onClick={() => ask("settings.device.sureRotate", row, () => devices.rotate(row.id).then(show))}>{t("settings.device.rotate")}</Button>
                <Button size="small" danger onClick={() => ask("settings.device.sureDelete", row, () => devices.delete(row.id))}>{t("act.delete")}</Button>
              </span>
            ),
          }] : []),
        ]}
      />
      {adding && (
        <Editor<DeviceInput>
          section="device" title={t("settings.device.new")} fresh value={{ extension, label: "", kind: "sip" }} save={(input) => devices.add(input).then(show)}
          onClose={(saved) => { setAdding(false); if (saved) void refresh(); }}
          items={[{ name: "label", kind: "text", required: true, length: 64 }, { name: "kind", kind: "choice", required: true, options: optionsOf(["sip", "browser"], (kind) => t(`settings.deviceKind.${kind}`)) }]}
        />
      )}
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
    </Drawer>
  );
}
