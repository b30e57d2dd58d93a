import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { type Did, dids } from "../api/did";
import { trunkRows } from "../api/trunk";
import { Editor } from "../kit/Editor";
import { ListPage } from "../kit/ListPage";

const empty: Did = { number: "", to: "", trunk: "", label: "" };

/** Numbers of ours that the outside can dial. */
export function DidList() {
  const { t } = useTranslation();
  return (
    <ListPage<Did>
      section="did"
      queryKey={["dids"]}
      load={() => dids.all()}
      id={(row) => row.number}
      words={(row) => `${row.number} ${row.to} ${row.trunk ?? ""} ${row.label ?? ""}`}
      write="lines.write"
      columns={[
        { title: t("settings.did.number"), dataIndex: "number" },
        { title: t("settings.did.to"), dataIndex: "to" },
        { title: t("settings.did.trunk"), dataIndex: "trunk", render: (text?: string) => text || t("settings.did.anyTrunk") },
        { title: t("settings.did.label"), dataIndex: "label" },
      ]}
      editor={(row, close) => <DidEditor did={row} onClose={close} />}
      remove={(row) => dids.delete(row.number)}
    />
  );
}

function DidEditor({ did, onClose }: { did?: Did; onClose: (saved: boolean) => void }) {
  const { t } = useTranslation();
  const trunks = useQuery({ queryKey: ["trunks"], queryFn: () => trunkRows.all() });
  return (
    <Editor<Did>
      section="did"
      title={did ? t("settings.did.change", { number: did.number }) : t("settings.did.new")}
      fresh={!did}
      value={{ ...empty, ...did }}
      save={({ number, ...input }) => dids.put(number, { ...input, trunk: input.trunk ?? "" })}
      onClose={onClose}
      items={[
        { name: "number", kind: "text", required: true, fixed: true, length: 20 },
        { name: "to", kind: "text", required: true, length: 20 },
        { name: "trunk", kind: "choice", options: (trunks.data ?? []).map(({ name }) => ({ value: name, label: name })) },
        { name: "label", kind: "text" },
      ]}
    />
  );
}
