import { Link, useParams } from "@tanstack/react-router";
import { Result } from "antd";
import { useTranslation } from "react-i18next";

import { Shell } from "../app/Shell";
import { addTexts } from "../i18n/language";
import { addFormulaTexts } from "../reports/text/formula";
import { useSession } from "../session/session";
import { Readable } from "./kit/Readable";
import { openTo, type Section, sections } from "./sections";
import "./settings.css";
import { en } from "./text/en";
import { zh } from "./text/zh";

addTexts("settings", zh, en);
addFormulaTexts();

/** Settings: the sections on the left, the chosen one beside them. */
export default function Page() {
  const { t } = useTranslation();
  const key = useParams({ strict: false }).section;
  const open = openTo(useSession()?.permissions ?? []);
  const here = key ? open.find((section) => section.key === key) : open[0];
  return (
    <Shell>
      <Readable><div className="settings">
        <Menu open={open} here={here?.key} />
        <div className="settings-main">
          {here ? <here.Page key={here.key} /> : <Result status={sections.some((section) => section.key === key) ? "403" : "404"} title={t(sections.some((section) => section.key === key) ? "app.noRight" : "app.notFound")} />}
        </div>
      </div></Readable>
    </Shell>
  );
}

function Menu({ open, here }: { open: Section[]; here?: string }) {
  const { t } = useTranslation();
  const groups = [...new Set(open.map((section) => section.group))];
  return (
    <nav className="settings-nav" aria-label={t("app.settings")}>
      {groups.map((group) => (
        <div key={group}>
          <h2>{t(`settings.nav.group_${group}`)}</h2>
          {open.filter((section) => section.group === group).map(({ key }) => (
            <Link key={key} to="/settings/$section" params={{ section: key }} className={key === here ? "here" : undefined} aria-current={key === here ? "page" : undefined}>{t(`settings.nav.${key}`)}</Link>
          ))}
        </div>
      ))}
    </nav>
  );
}
