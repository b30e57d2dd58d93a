import { Checkbox, Form, Input, Modal } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Seat } from "../../api/seat";
import { type Deed, rules } from "./deed";
import { type Grounds, useDeeds } from "./use";

const dangerous: Deed[] = ["release", "signoff", "take"];

/** Asks why before a supervisor steps in; the reason goes to the audit trail. */
export function ReasonDialog({ deed, seat, onClose }: { deed: Deed; seat: Seat; onClose: () => void }) {
  const { t } = useTranslation();
  const { act } = useDeeds();
  const [form] = Form.useForm<Grounds>();
  const [busy, setBusy] = useState(false);
  const must = rules[deed].reason === "must";
  const go = async (grounds: Grounds) => {
    setBusy(true);
    const done = await act(deed, seat, { ...grounds, reason: grounds.reason?.trim() });
    setBusy(false);
    if (done) onClose();
  };
  return (
    <Modal
      open
      width={420}
      title={t(`supervisor.ask.${deed}`, { name: seat.name })}
      okText={t(`supervisor.do.${deed}`)}
      okButtonProps={{ danger: dangerous.includes(deed), loading: busy, "data-testid": "confirm" }}
      cancelText={t("act.cancel")}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <p className="ask-hint">{t(`supervisor.hint.${deed}`)}</p>
      <Form form={form} layout="vertical" requiredMark={false} onFinish={(grounds) => void go(grounds)}>
        <Form.Item name="reason" label={t(must ? "supervisor.ask.reason" : "supervisor.ask.optional")} rules={[{ required: must, whitespace: true, message: t("supervisor.ask.needReason") }]}>
          <Input maxLength={200} autoFocus data-testid="reason" />
        </Form.Item>
        {deed === "barge" && (
          <Form.Item name="warn" valuePropName="checked" initialValue={false}><Checkbox data-testid="warn">{t("supervisor.ask.warn")}</Checkbox></Form.Item>
        )}
      </Form>
    </Modal>
  );
}
