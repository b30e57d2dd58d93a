import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { type Account, type AccountInput, accounts } from "../../api/account";
import { queues } from "../../api/queue";
import { useCan } from "../../session/session";
import { Editor } from "../kit/Editor";
import { inputOf } from "./AccountList";

const empty: AccountInput = { login: "", name: "", roles: [], reach: { departments: [], floors: [], queues: [] }, extension: "", disabled: false };

interface Props {
  account?: Account;
  onClose: (saved: boolean) => void;
  onMade: (account: Account, password: string) => void;
}

/** Makes or changes an account; a new one's password is shown once. */
export function AccountEditor({ account, onClose, onMade }: Props) {
  const { t } = useTranslation();
  const seesQueues = [useCan("queues.write"), useCan("desk.watch"), useCan("desk.work")].includes(true);
  const roles = useQuery({ queryKey: ["roles"], queryFn: accounts.roles });
  const queueList = useQuery({ queryKey: ["queues"], queryFn: queues.list, enabled: seesQueues });
  const save = async (input: AccountInput) => {
    if (account) return accounts.put(account.id, input);
    const made = await accounts.create(input);
    onMade(made.account, made.one_time_password);
    return made.account;
  };
  return (
    <Editor<AccountInput>
      section="account"
      title={account ? t("settings.account.change", { name: account.name }) : t("settings.account.new")}
      fresh={!account}
      value={account ? inputOf(account) : empty}
      save={save}
      onClose={onClose}
      items={[
        { name: "login", kind: "text", required: true, fixed: true, length: 64 },
        { name: "name", kind: "text", required: true, length: 64 },
        { name: "roles", kind: "choices", options: (roles.data?.items ?? []).map(({ role }) => ({ value: role, label: t(`settings.role.${role}`) })) },
        { name: "extension", kind: "text", length: 20 },
        { name: "disabled", kind: "switch" },
        { heading: "reachHeading" },
        { name: "reach.departments", kind: "tags" },
        { name: "reach.floors", kind: "tags" },
        { name: "reach.queues", kind: "tags", options: (queueList.data?.items ?? []).map((queue) => ({ value: queue.name, label: queue.title })) },
      ]}
    />
  );
}
