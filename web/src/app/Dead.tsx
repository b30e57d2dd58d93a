import { Button, Result } from "antd";
import { useTranslation } from "react-i18next";

import { Shell } from "./Shell";

export function NotFound() {
  const { t } = useTranslation();
  return <Shell><Result status="404" title={t("app.notFound")} extra={<Button href="/">{t("app.backHome")}</Button>} /></Shell>;
}

export function NoRight() {
  const { t } = useTranslation();
  return <Shell><Result status="403" title={t("app.noRight")} /></Shell>;
}

/** A page that threw: says so and offers a reload, which no call is lost by. */
export function Crashed({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <Result
      status="error"
      title={t("app.crashed")}
      subTitle={<>{t("app.crashedHint")}<br /><code>{error instanceof Error ? error.message : String(error)}</code></>}
      extra={<Button type="primary" onClick={() => location.reload()}>{t("app.reload")}</Button>}
    />
  );
}
