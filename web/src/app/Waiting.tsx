import { Spin } from "antd";
import { useTranslation } from "react-i18next";

/** Shown while a page's code or the session is on its way. */
export function Waiting() {
  const { t } = useTranslation();
  return (
    <main className="waiting" aria-busy="true">
      <Spin />
      <span>{t("app.loading")}</span>
    </main>
  );
}
