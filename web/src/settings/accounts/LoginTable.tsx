import { useQuery, useQueryClient } from "@tanstack/react-query";
import { Alert, App, Button, Table } from "antd";
import { useTranslation } from "react-i18next";

import { accounts, type Login } from "../../api/account";
import { faultText, useTellFault } from "../../app/fault";
import { useCan } from "../../session/session";
import { resource } from "../api/resource";
import { useInstant } from "../kit/moment";

/** Who is logged in where, of one account or of all; each login can be ended. */
export function LoginTable({ account }: { account?: string }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const instant = useInstant();
  const tell = useTellFault();
  const queries = useQueryClient();
  const may = useCan("accounts.write");
  const load = account ? () => accounts.loginsOf(account).then((list) => list.items) : () => resource<Login, never>("/logins").all();
  const list = useQuery({ queryKey: ["logins", account ?? ""], queryFn: load });
  const end = (login: Login) =>
    void modal.confirm({
      title: t("settings.login.sure", { name: login.name }), content: login.current ? t("settings.login.sureOwn") : undefined, okButtonProps: { danger: true }, okText: t("settings.login.revoke"), cancelText: t("act.cancel"),
      onOk: () => accounts.revoke(login.id).then(() => queries.invalidateQueries({ queryKey: ["logins"] }), tell),
    });
  return (
    <>
      {list.isError && <Alert type="error" showIcon title={faultText(list.error)} />}
      <Table<Login>
        size="small"
        rowKey="id"
        loading={list.isPending}
        dataSource={list.data ?? []}
        scroll={{ x: "max-content" }}
        pagination={{ defaultPageSize: 20, hideOnSinglePage: true, size: "small" }}
        columns={[
          ...(account ? [] : [{ title: t("settings.account.name"), key: "name", render: (_: unknown, row: Login) => <>{row.name} <small className="list-hint">{row.login}</small></> }]),
          { title: t("settings.login.from"), key: "from", render: (_, row) => <>{row.from}{row.current && <span className="tag plain">{t("settings.login.here")}</span>}</> },
          { title: t("settings.login.agent"), dataIndex: "agent", width: 220, render: (text: string) => <span className="cut" title={text}>{text}</span> },
          { title: t("settings.login.began"), dataIndex: "began", render: instant },
          { title: t("settings.login.seen"), dataIndex: "seen", render: instant },
          { title: t("settings.login.ends"), dataIndex: "ends", render: instant },
          ...(may ? [{ title: <span className="row-deeds">{t("settings.kit.deeds")}</span>, key: "deeds", width: 1, render: (_: unknown, row: Login) => <Button size="small" danger onClick={() => end(row)}>{t("settings.login.revoke")}</Button> }] : []),
        ]}
      />
    </>
  );
}

export function LoginPage() {
  const { t } = useTranslation();
  return <><div className="list-bar"><h1>{t("settings.login.title")}</h1></div><p className="list-hint">{t("settings.login.hint")}</p><LoginTable /></>;
}
