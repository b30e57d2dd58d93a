import { Link, useRouterState } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { AccountMenu } from "../account/AccountMenu";
import { LanguageSwitch } from "../account/LanguageSwitch";
import type { Permission } from "../api/session";
import { useSession } from "../session/session";
import { LinkState } from "./LinkState";
import { LookSwitch } from "./LookSwitch";

interface Place {
  path: string;
  text: "app.desk" | "app.supervisor" | "app.reports" | "app.settings";
  /** Any of these opens it. */
  needs: Permission[];
}

const places: Place[] = [
  { path: "/", text: "app.desk", needs: ["desk.work"] },
  { path: "/supervisor", text: "app.supervisor", needs: ["desk.watch"] },
  { path: "/reports", text: "app.reports", needs: ["reports.read"] },
  { path: "/settings", text: "app.settings", needs: ["accounts.read", "queues.write", "hotel.read", "lines.read", "audit.read", "calls.read"] },
];

/** The frame of every page: one bar with where to go, what the page adds, and who is here. */
export function Shell({ bar, children }: { bar?: ReactNode; children: ReactNode }) {
  const { t } = useTranslation();
  const session = useSession();
  const here = useRouterState({ select: (state) => state.location.pathname });
  const open = places.filter((place) => place.needs.some((right) => session?.permissions.includes(right)));
  const current = (path: string) => (path === "/" ? here === "/" : here.startsWith(path));
  return (
    <div className="shell">
      <a className="skip" href="#main">{t("app.skip")}</a>
      <header className="bar">
        <span className="bar-name"><img src="/icon.svg" alt="" width={20} height={20} />{t("app.name")}</span>
        {open.length > 1 && (
          <nav className="bar-nav" aria-label={t("app.navigation")}>
            {open.map((place) => (
              <Link key={place.path} to={place.path} className={current(place.path) ? "here" : undefined} aria-current={current(place.path) ? "page" : undefined}>
                {t(place.text)}
              </Link>
            ))}
          </nav>
        )}
        <div className="bar-page">{bar}</div>
        <LinkState />
        <LookSwitch />
        <span className="bar-language"><LanguageSwitch /></span>
        <AccountMenu />
      </header>
      <main id="main" className="shell-main">{children}</main>
    </div>
  );
}
