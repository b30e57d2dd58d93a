import { Drawer, Tabs } from "antd";
import { useTranslation } from "react-i18next";

import { AbandonedList } from "./AbandonedList";
import { CallerList } from "./CallerList";

/** Who called and who gave up, each one click from being called back. */
export function PastDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const items = [
    { key: "abandoned", label: t("desk.past.abandoned"), children: <AbandonedList /> },
    { key: "callers", label: t("desk.past.callers"), children: <CallerList /> },
  ];
  return (
    <Drawer open title={t("desk.command.past")} size={620} mask={{ closable: true }} onClose={onClose}>
      <Tabs items={items} />
    </Drawer>
  );
}
