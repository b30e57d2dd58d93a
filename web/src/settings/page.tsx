import { useTranslation } from "react-i18next";

import { Shell } from "../app/Shell";

export default function Page() {
  const { t } = useTranslation();
  return <Shell><h1>{t("app.settings")}</h1></Shell>;
}
