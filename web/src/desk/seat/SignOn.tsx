import { App, Input } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useSession } from "../../session/session";
import { useSeatActions } from "./use";

/** Signs on at the account's extension, or asks for one when it has none. */
export function SignOn({ children }: { children: (open: () => void) => ReactNode }) {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const own = useSession()?.account.extension;
  const actions = useSeatActions();
  const open = () => {
    if (own) return void actions.signOn();
    let extension = "";
    modal.confirm({
      title: t("desk.seat.which"),
      content: <Input aria-label={t("desk.seat.extension")} placeholder={t("desk.seat.extension")} inputMode="numeric" maxLength={20} autoFocus onChange={(event) => { extension = event.target.value.trim(); }} />,
      okText: t("desk.seat.signOn"),
      onOk: () => void actions.signOn(extension || undefined),
    });
  };
  return children(open);
}
