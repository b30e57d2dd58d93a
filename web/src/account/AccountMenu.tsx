import { UserOutlined } from "@ant-design/icons";
import { App, Button, Dropdown } from "antd";
import { lazy, Suspense, useState } from "react";
import { useTranslation } from "react-i18next";

import { logOut } from "../session/leave";
import { useSession } from "../session/session";

const PasswordDialog = lazy(() => import("./PasswordDialog"));
const TotpDialog = lazy(() => import("./TotpDialog"));

/** Who is here; password, second factor and the way out. */
export function AccountMenu() {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const session = useSession();
  const [dialog, setDialog] = useState<"password" | "totp">();
  const close = () => setDialog(undefined);
  const items = [
    { key: "password", label: t("account.changePassword"), onClick: () => setDialog("password") },
    { key: "totp", label: t("account.totp"), onClick: () => setDialog("totp") },
    { type: "divider" as const },
    { key: "out", label: t("account.logOut"), danger: true, onClick: () => void logOut() },
  ];
  return (
    <>
      <Dropdown menu={{ items }} trigger={["click"]}>
        <Button type="text" className="bar-button" icon={<UserOutlined />} aria-label={`${t("account.menu")}: ${session?.account.name ?? ""}`}>
          {session?.account.name}
        </Button>
      </Dropdown>
      <Suspense>
        {dialog === "password" && <PasswordDialog onClose={close} onDone={() => { close(); void message.success(t("account.changed")); }} />}
        {dialog === "totp" && <TotpDialog onClose={close} />}
      </Suspense>
    </>
  );
}
