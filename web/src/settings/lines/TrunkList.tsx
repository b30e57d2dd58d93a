import { useTranslation } from "react-i18next";

import { callerIdModes, type TrunkInput, type TrunkRow, trunkRows } from "../api/trunk";
import { Editor } from "../kit/Editor";
import { optionsOf } from "../kit/field";
import { ListPage } from "../kit/ListPage";
import { Yes } from "../kit/Yes";

type Form = TrunkInput & { name: string };
const empty: Form = { name: "", carrier: "", address: "", register: false, username: "", secret: "", hosts: [], limit: 0, caller_id: { mode: "main", number: "" }, enabled: true, order: 0 };

/** The lines to the carriers. */
export function TrunkList() {
  const { t } = useTranslation();
  return (
    <ListPage<TrunkRow>
      section="trunk"
      queryKey={["trunks"]}
      load={() => trunkRows.all()}
      id={(row) => row.name}
      words={(row) => `${row.name} ${row.carrier ?? ""} ${row.address}`}
      write="lines.write"
      columns={[
        { title: t("settings.trunk.name"), dataIndex: "name" },
        { title: t("settings.trunk.carrier"), dataIndex: "carrier" },
        { title: t("settings.trunk.address"), dataIndex: "address" },
        { title: t("settings.trunk.register"), key: "register", render: (_, row) => <Yes on={row.register ?? false} yes={t("settings.kit.yes")} no={t("settings.kit.no")} /> },
        { title: t("settings.trunk.limit"), key: "limit", render: (_, row) => row.limit || t("settings.trunk.unlimited") },
        { title: t("settings.trunk.caller_id_mode"), key: "caller", render: (_, row) => `${t(`settings.callerId.${row.caller_id?.mode ?? "main"}`)}${row.caller_id?.number ? ` ${row.caller_id.number}` : ""}` },
        { title: t("settings.trunk.enabled"), key: "enabled", render: (_, row) => <Yes on={row.enabled} yes={t("settings.kit.on")} no={t("settings.kit.off")} /> },
        { title: t("settings.account.state"), key: "online", render: (_, row) => <Yes on={row.online} yes={t("settings.kit.online")} no={t("settings.kit.offline")} bad={row.enabled} /> },
        { title: t("settings.trunk.order"), dataIndex: "order" },
      ]}
      editor={(row, close) => <TrunkEditor trunk={row} onClose={close} />}
      remove={(row) => trunkRows.delete(row.name)}
    />
  );
}

/** What may be sent back of a trunk. An empty secret keeps the stored one. */
function inputOf({ name, carrier, address, register, username, hosts, limit, caller_id, enabled, order }: TrunkRow): Form {
  return { name, carrier, address, register, username, secret: "", hosts, limit, caller_id, enabled, order };
}

function TrunkEditor({ trunk, onClose }: { trunk?: TrunkRow; onClose: (saved: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Editor<Form>
      section="trunk"
      title={trunk ? t("settings.trunk.change", { name: trunk.name }) : t("settings.trunk.new")}
      fresh={!trunk}
      value={trunk ? inputOf(trunk) : empty}
      save={({ name, secret, ...input }) => trunkRows.put(name, { ...input, ...(secret ? { secret } : {}) })}
      onClose={onClose}
      items={[
        { name: "name", kind: "text", required: true, fixed: true, length: 64 },
        { name: "carrier", kind: "text" },
        { name: "address", kind: "text", required: true, length: 255 },
        { name: "hosts", kind: "tags" },
        { name: "enabled", kind: "switch" },
        { name: "order", kind: "number", max: 100_000 },
        { name: "limit", kind: "number", max: 100_000 },
        { name: "register", kind: "switch" },
        { name: "username", kind: "text", length: 128 },
        { name: "secret", kind: "password" },
        { name: "caller_id.mode", kind: "choice", required: true, options: optionsOf(callerIdModes, (mode) => t(`settings.callerId.${mode}`)) },
        { name: "caller_id.number", kind: "text", length: 20 },
      ]}
    />
  );
}
