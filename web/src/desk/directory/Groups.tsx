import { TeamOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { groups } from "../../api/group";
import { useActions } from "../actions/use";
import { useDesk } from "../model/desk";
import { endSearch } from "../model/screen";

/** Calls a whole group into the conference at once. */
export function Groups() {
  const { t } = useTranslation();
  const actions = useActions();
  const { selected } = useDesk();
  const list = useQuery({ queryKey: ["groups"], queryFn: groups.list, staleTime: 60_000 });
  if (!list.data || list.data.items.length === 0) return null;
  const invite = (name: string) => {
    if (selected) void actions.inviteGroup(selected.call.id, name);
    endSearch();
  };
  return (
    <div className="groups" role="group" aria-label={t("desk.directory.groups")}>
      <span>{t("desk.directory.groups")}</span>
      {list.data.items.map((group) => (
        <Button key={group.name} size="small" icon={<TeamOutlined />} onClick={() => invite(group.name)}>{group.name} ({group.members.length})</Button>
      ))}
    </div>
  );
}
