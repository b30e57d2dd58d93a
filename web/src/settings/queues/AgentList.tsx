import { Form } from "antd";
import { useTranslation } from "react-i18next";

import { type Profile, queues } from "../../api/queue";
import { Editor } from "../kit/Editor";
import { ListPage } from "../kit/ListPage";
import { SkillsInput } from "../kit/SkillsInput";
import { skillsText } from "../kit/skills";
import { Yes } from "../kit/Yes";
import { loadProfiles } from "./use";

const empty: Profile = { account: "", name: "", skills: {}, vip: false, weight: 1 };

/** What each agent can do at the desk. */
export function AgentList() {
  const { t } = useTranslation();
  return (
    <ListPage<Profile>
      section="agent"
      queryKey={["profiles"]}
      load={loadProfiles}
      id={(row) => row.account}
      words={(row) => `${row.account} ${row.name} ${skillsText(row.skills)}`}
      write="queues.write"
      columns={[
        { title: t("settings.agent.name"), dataIndex: "name", render: (text: string, row) => text || row.account },
        { title: t("settings.agent.account"), dataIndex: "account" },
        { title: t("settings.agent.skills"), key: "skills", render: (_, row) => skillsText(row.skills) || "–" },
        { title: t("settings.agent.vip"), key: "vip", render: (_, row) => <Yes on={row.vip} yes={t("settings.kit.yes")} no={t("settings.kit.no")} /> },
        { title: t("settings.agent.weight"), dataIndex: "weight" },
      ]}
      editor={(row, close) => <AgentEditor profile={row} onClose={close} />}
    />
  );
}

function AgentEditor({ profile, onClose }: { profile?: Profile; onClose: (saved: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Editor<Profile>
      section="agent"
      title={profile ? t("settings.agent.change", { name: profile.name || profile.account }) : t("settings.agent.new")}
      fresh={!profile}
      value={profile ?? empty}
      save={queues.putProfile}
      onClose={onClose}
      items={[
        { name: "account", kind: "text", required: true, fixed: true, length: 128 },
        { name: "name", kind: "text", length: 64 },
        { name: "weight", kind: "number", max: 10_000 },
        { name: "vip", kind: "switch" },
        { key: "skills", node: <Form.Item name="skills" label={t("settings.agent.skills")} extra={t("settings.agent.skills_hint")}><SkillsInput /></Form.Item> },
      ]}
    />
  );
}
