import { useTranslation } from "react-i18next";

import type { Group } from "../../api/group";
import { groupRows } from "../api/group";
import { Editor } from "../kit/Editor";
import { ListPage } from "../kit/ListPage";
import { Yes } from "../kit/Yes";

const empty: Group = { name: "", number: "", members: [], pickup: false };

/** Extensions that ring together or may pick up each other's calls. */
export function GroupList() {
  const { t } = useTranslation();
  return (
    <ListPage<Group>
      section="group"
      queryKey={["groups", "all"]}
      load={() => groupRows.all()}
      id={(row) => row.name}
      words={(row) => `${row.name} ${row.number ?? ""} ${row.members.join(" ")}`}
      write="hotel.write"
      columns={[
        { title: t("settings.group.name"), dataIndex: "name" },
        { title: t("settings.group.number"), dataIndex: "number", render: (text?: string) => text || "–" },
        { title: t("settings.group.members"), key: "members", render: (_, row) => <span className="cut" title={row.members.join("、")}>{row.members.join("、") || "–"}</span> },
        { title: t("settings.group.pickup"), key: "pickup", render: (_, row) => <Yes on={row.pickup} yes={t("settings.kit.on")} no={t("settings.kit.off")} /> },
      ]}
      editor={(row, close) => (
        <Editor<Group>
          section="group"
          title={row ? t("settings.group.change", { name: row.name }) : t("settings.group.new")}
          fresh={!row}
          value={{ ...empty, ...row }}
          save={({ name, ...input }) => groupRows.put(name, input)}
          onClose={close}
          items={[
            { name: "name", kind: "text", required: true, fixed: true, length: 64 },
            { name: "number", kind: "text", length: 20 },
            { name: "members", kind: "tags" },
            { name: "pickup", kind: "switch", wide: true },
          ]}
        />
      )}
      remove={(row) => groupRows.delete(row.name)}
    />
  );
}
