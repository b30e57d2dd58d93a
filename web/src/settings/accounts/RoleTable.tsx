import { CheckOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Alert, Spin } from "antd";
import { useTranslation } from "react-i18next";

import { accounts } from "../../api/account";
import { faultText } from "../../app/fault";

/** What each role may do. The roles are fixed: powers stay apart. */
export function RoleTable() {
  const { t } = useTranslation();
  const { data, error } = useQuery({ queryKey: ["roles"], queryFn: accounts.roles });
  const roles = data?.items ?? [];
  const rights = [...new Set(roles.flatMap((each) => each.permissions))].sort();
  return (
    <>
      <div className="list-bar"><h1>{t("settings.roles.title")}</h1></div>
      <p className="list-hint">{t("settings.roles.hint")}</p>
      {error && <Alert type="error" showIcon title={faultText(error)} />}
      {!data && !error && <Spin />}
      {data && (
        <div className="matrix-scroll" tabIndex={0} role="group" aria-label={t("settings.roles.title")}>
          <table className="matrix">
            <thead><tr><th scope="col">{t("settings.roles.right")}</th>{roles.map(({ role }) => <th key={role} scope="col">{t(`settings.role.${role}`)}</th>)}</tr></thead>
            <tbody>
              {rights.map((right) => (
                <tr key={right}>
                  <th scope="row">{t(`settings.right.${right.replace(".", "_")}`)} <code>{right}</code></th>
                  {roles.map(({ role, permissions }) => <td key={role}>{permissions.includes(right) && <CheckOutlined aria-label={t("settings.kit.yes")} />}</td>)}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </>
  );
}
