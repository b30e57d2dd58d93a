import { PrinterOutlined } from "@ant-design/icons";
import { Button, Modal } from "antd";
import { useTranslation } from "react-i18next";

import { KeyTable } from "./KeyTable";

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const print = <Button icon={<PrinterOutlined />} href="/keys" target="_blank">{t("act.print")}</Button>;
  return <Modal open title={t("desk.keys.title")} width={460} footer={print} onCancel={onClose}><KeyTable /></Modal>;
}
