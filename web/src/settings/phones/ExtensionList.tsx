import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { callClasses } from "../api/class";
import { type ExtensionInput, extensionKinds, type ExtensionRow, extensionRows, forwardWhens } from "../api/extension";
import { Editor } from "../kit/Editor";
import { optionsOf } from "../kit/field";
import { ListPage } from "../kit/ListPage";
import { Yes } from "../kit/Yes";
import { DeviceDrawer } from "./DeviceDrawer";

type Form = ExtensionInput & { number: string };
const empty: Form = { number: "", kind: "room", name: "", room: "", department: "", class: "", language: "", do_not_disturb: false, forward_to: "", forward_when: "always", monitored: false };

/** The numbers of the house, and the phones behind each. */
export function ExtensionList() {
  const { t } = useTranslation();
  const [phones, setPhones] = useState<ExtensionRow>();
  return (
    <>
      <ListPage<ExtensionRow>
        section="extension"
        queryKey={["extensions"]}
        load={() => extensionRows.all()}
        id={(row) => row.number}
        words={(row) => [row.number, row.name, row.room, row.department, row.class].join(" ")}
        write="hotel.write"
        columns={[
          { title: t("settings.extension.number"), dataIndex: "number", sorter: (a, b) => a.number.localeCompare(b.number, undefined, { numeric: true }) },
          { title: t("settings.extension.kind"), dataIndex: "kind", render: (kind: string) => t(`settings.kind.${kind}`), filters: extensionKinds.map((value) => ({ value, text: t(`settings.kind.${value}`) })), onFilter: (value, row) => row.kind === value },
          { title: t("settings.extension.name"), dataIndex: "name" },
          { title: t("settings.extension.room"), dataIndex: "room" },
          { title: t("settings.extension.department"), dataIndex: "department" },
          { title: t("settings.extension.class"), dataIndex: "class" },
          { title: t("settings.extension.forward_to"), key: "forward", render: (_, row) => (row.forward_to ? `${row.forward_to} · ${t(`settings.forward.${row.forward_when ?? "always"}`)}` : "–") },
          { title: t("settings.extension.do_not_disturb"), key: "dnd", render: (_, row) => <Yes on={row.do_not_disturb ?? false} yes={t("settings.kit.on")} no={t("settings.kit.off")} /> },
        ]}
        editor={(row, close) => <ExtensionEditor extension={row} onClose={close} />}
        deeds={(row) => <Button size="small" onClick={() => setPhones(row)} data-testid={`phones-${row.number}`}>{t("settings.device.title")}</Button>}
        remove={(row) => extensionRows.delete(row.number)}
      />
      {phones && <DeviceDrawer extension={phones.number} onClose={() => setPhones(undefined)} />}
    </>
  );
}

function ExtensionEditor({ extension, onClose }: { extension?: ExtensionRow; onClose: (saved: boolean) => void }) {
  const { t } = useTranslation();
  const classes = useQuery({ queryKey: ["classes"], queryFn: () => callClasses.all() });
  return (
    <Editor<Form>
      section="extension"
      title={extension ? t("settings.extension.change", { number: extension.number }) : t("settings.extension.new")}
      fresh={!extension}
      value={{ ...empty, ...extension }}
      save={({ number, ...input }) => extensionRows.put(number, { ...input, forward_when: input.forward_to ? input.forward_when : undefined, class: input.class ?? "" })}
      onClose={onClose}
      items={[
        { name: "number", kind: "text", required: true, fixed: true, length: 20 },
        { name: "kind", kind: "choice", required: true, options: optionsOf(extensionKinds, (kind) => t(`settings.kind.${kind}`)) },
        { name: "name", kind: "text" },
        { name: "room", kind: "text", length: 64 },
        { name: "department", kind: "text" },
        { name: "class", kind: "choice", options: (classes.data ?? []).map(({ name }) => ({ value: name, label: name })) },
        { name: "language", kind: "text", length: 20 },
        { name: "do_not_disturb", kind: "switch" },
        { name: "forward_to", kind: "text", length: 20 },
        { name: "forward_when", kind: "choice", options: optionsOf(forwardWhens, (when) => t(`settings.forward.${when}`)) },
        { name: "monitored", kind: "switch", wide: true },
      ]}
    />
  );
}
