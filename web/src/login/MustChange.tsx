import { Alert, Button } from "antd";
import { useTranslation } from "react-i18next";

import { PasswordForm } from "../account/PasswordForm";
import { logOut } from "../session/leave";
import { refreshSession } from "../session/session";
import { LoginFrame } from "./LoginFrame";

/** A one-time password opens nothing but this. */
export function MustChange() {
  const { t } = useTranslation();
  return (
    <LoginFrame title={t("account.mustChange")}>
      <Alert className="login-fault" type="info" showIcon title={t("account.mustChangeHint")} />
      <PasswordForm onDone={() => void refreshSession()} />
      <Button type="link" block onClick={() => void logOut()}>{t("account.logOut")}</Button>
    </LoginFrame>
  );
}
