import { PrinterOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import "../desk.css";
import { KeyTable } from "./KeyTable";

/** The key map for the printer. */
export function KeysPage() {
  const { t } = useTranslation();
  return (
    <main className="keys-page">
      <h1>{t("desk.keys.title")}</h1>
      <KeyTable />
      <Button className="no-print" icon={<PrinterOutlined />} onClick={() => window.print()}>{t("act.print")}</Button>
    </main>
  );
}
