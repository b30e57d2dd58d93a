import { DisconnectOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import { useLink } from "../feed/use";

/** Covers everything while the feed is lost: stale data must never look live. */
export function StaleCover() {
  const { t } = useTranslation();
  if (useLink() !== "lost") return null;
  return (
    <div className="stale" role="alertdialog" aria-modal="true" aria-labelledby="stale-title" data-testid="stale">
      <div className="stale-box">
        <DisconnectOutlined className="stale-icon" />
        <h2 id="stale-title">{t("link.lostTitle")}</h2>
        <p>{t("link.lostHint")}</p>
      </div>
    </div>
  );
}
