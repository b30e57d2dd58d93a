import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { LanguageSwitch } from "../account/LanguageSwitch";

/** The card that everything before the first page is shown in. */
export function LoginFrame({ title, children }: { title: string; children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <main className="login">
      <section className="login-card" aria-labelledby="login-title">
        <div className="login-name"><img src="/icon.svg" alt="" width={36} height={36} /><span>{t("app.product")}</span></div>
        <h1 id="login-title">{title}</h1>
        {children}
      </section>
      <LanguageSwitch />
    </main>
  );
}
