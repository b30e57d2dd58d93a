import { App, Card } from "antd";
import { useTranslation } from "react-i18next";

import { PasswordForm } from "../../account/PasswordForm";
import { useCan, useSession } from "../../session/session";
import { LoginTable } from "../accounts/LoginTable";
import { useInstant } from "../kit/moment";
import { SecondFactor } from "./SecondFactor";

/** My own password, second factor and logins. */
export function Security() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const instant = useInstant();
  const session = useSession();
  const seesLogins = useCan("accounts.read");
  if (!session) return null;
  return (
    <>
      <div className="list-bar"><h1>{t("settings.security.title")}</h1></div>
      <div className="security">
        <Card size="small" title={<h2>{t("account.changePassword")}</h2>}><PasswordForm onDone={() => void message.success(t("account.changed"))} /></Card>
        <Card size="small" title={<h2>{t("account.totp")}</h2>}><SecondFactor on={session.account.totp} /></Card>
        <Card size="small" title={<h2>{t("settings.login.title")}</h2>} className="security-wide">
          <p className="list-hint">{t("settings.security.session", { idle: Math.round(session.idle_seconds / 60), ends: instant(session.ends) })}</p>
          {seesLogins ? <LoginTable account={session.account.id} /> : <p className="list-hint">{t("settings.security.noLogins")}</p>}
        </Card>
      </div>
    </>
  );
}
