import { App, Button, Dropdown, Drawer } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Account, accounts } from "../../api/account";
import { useTellFault } from "../../app/fault";
import { resource } from "../api/resource";
import { ListPage } from "../kit/ListPage";
import { type Secret, SecretDialog } from "../kit/SecretDialog";
import { Yes } from "../kit/Yes";
import { AccountEditor } from "./AccountEditor";
import { LoginTable } from "./LoginTable";

const all = () => resource<Account, never>("/accounts").all();

/** Who may log in, and as what. */
export function AccountList() {
  const { t } = useTranslation();
  const [secret, setSecret] = useState<Secret>();
  const [logins, setLogins] = useState<Account>();
  const once = (account: Account, password: string) =>
    setSecret({ title: t("settings.account.oneTime", { name: account.name }), lines: [{ label: t("settings.account.login"), value: account.login }, { label: t("settings.account.password"), value: password }] });
  return (
    <>
      <ListPage<Account>
        section="account"
        queryKey={["accounts"]}
        load={all}
        id={(row) => row.login}
        words={(row) => `${row.login} ${row.name} ${row.extension ?? ""} ${row.roles.map((role) => t(`settings.role.${role}`)).join(" ")}`}
        write="accounts.write"
        columns={[
          { title: t("settings.account.name"), dataIndex: "name", sorter: (a, b) => a.name.localeCompare(b.name) },
          { title: t("settings.account.login"), dataIndex: "login", sorter: (a, b) => a.login.localeCompare(b.login) },
          { title: t("settings.account.roles"), key: "roles", render: (_, row) => <span className="tags-cell">{row.roles.map((role) => <span key={role} className="tag plain">{t(`settings.role.${role}`)}</span>)}</span> },
          { title: t("settings.account.extension"), dataIndex: "extension" },
          { title: t("settings.account.reach"), key: "reach", render: (_, row) => [...row.reach.departments, ...row.reach.floors, ...row.reach.queues].join("、") || t("settings.account.everything") },
          { title: t("settings.account.state"), key: "state", render: (_, row) => <Yes on={!row.disabled} yes={t(row.must_change ? "settings.account.mustChange" : "settings.account.enabled")} no={t("settings.account.off")} bad /> },
          { title: t("settings.account.totp"), key: "totp", render: (_, row) => <Yes on={row.totp} yes={t("settings.kit.on")} no={t("settings.kit.off")} /> },
        ]}
        editor={(row, close) => <AccountEditor account={row} onClose={close} onMade={once} />}
        deeds={(row, refresh) => <AccountDeeds account={row} refresh={refresh} onReset={once} onLogins={() => setLogins(row)} />}
      />
      {secret && <SecretDialog secret={secret} onClose={() => setSecret(undefined)} />}
      {logins && (
        <Drawer open size={760} title={t("settings.login.of", { name: logins.name })} onClose={() => setLogins(undefined)}>
          <LoginTable account={logins.id} />
        </Drawer>
      )}
    </>
  );
}

interface DeedProps {
  account: Account;
  refresh: () => void;
  onReset: (account: Account, password: string) => void;
  onLogins: () => void;
}

function AccountDeeds({ account, refresh, onReset, onLogins }: DeedProps) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const tell = useTellFault();
  const ask = (title: string, work: () => Promise<unknown>) =>
    void modal.confirm({ title: t(title, { name: account.name }), okText: t("act.ok"), cancelText: t("act.cancel"), onOk: () => work().then(refresh, tell) });
  const items = [
    { key: "reset", label: t("settings.account.reset"), onClick: () => ask("settings.account.sureReset", () => accounts.resetPassword(account.id).then((answer) => onReset(account, answer.one_time_password))) },
    { key: "disable", label: t(account.disabled ? "settings.account.enable" : "settings.account.disable"), danger: !account.disabled, onClick: () => ask(account.disabled ? "settings.account.sureEnable" : "settings.account.sureDisable", () => accounts.put(account.id, { ...inputOf(account), disabled: !account.disabled })) },
    { key: "totp", label: t("settings.account.dropTotp"), disabled: !account.totp, onClick: () => ask("settings.account.sureTotp", () => accounts.dropTotp(account.id)) },
    { key: "logins", label: t("settings.login.title"), onClick: onLogins },
  ];
  return <Dropdown menu={{ items }} trigger={["click"]}><Button size="small" data-testid={`more-${account.login}`}>{t("settings.kit.more")}</Button></Dropdown>;
}

/** What may be sent back of an account. */
export function inputOf({ login, name, roles, reach, extension, disabled }: Account) {
  return { login, name, roles, reach, extension: extension ?? "", disabled };
}
