import { Form, Input, Modal } from "antd";
import { useTranslation } from "react-i18next";

import { useActions } from "../actions/use";
import { useDesk } from "../model/desk";

/** Asks what to note on a call that is put aside. */
export function ParkDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const actions = useActions();
  const { selected } = useDesk();
  const [form] = Form.useForm<{ for?: string; note?: string }>();
  const park = (entry: { for?: string; note?: string }) => {
    onClose();
    if (selected) void actions.park(selected.call.id, entry.note ?? "", entry.for ?? "");
  };
  return (
    <Modal open title={t("desk.command.park")} width={380} okText={t("desk.command.park")} okButtonProps={{ disabled: !selected }} onOk={form.submit} onCancel={onClose}>
      <Form form={form} layout="vertical" onFinish={park}>
        <Form.Item name="for" label={t("desk.parked.forLabel")}><Input autoFocus maxLength={200} onPressEnter={form.submit} /></Form.Item>
        <Form.Item name="note" label={t("desk.parked.note")}><Input maxLength={200} onPressEnter={form.submit} /></Form.Item>
      </Form>
    </Modal>
  );
}
