import { useQueryClient } from "@tanstack/react-query";
import { Form, Input, Modal, Select } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type KeyAction, type OneTouch, oneTouch } from "../../api/key";
import { useTellFault } from "../../app/fault";
import { touchKeys, useOneTouch } from "./keys";

type Entry = Record<string, { label?: string; number?: string; action?: KeyAction }>;

/** Lets the operator define the ten keys; an empty number clears a key. */
export function OneTouchDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const tell = useTellFault();
  const queries = useQueryClient();
  const keys = useOneTouch();
  const [form] = Form.useForm<Entry>();
  const [busy, setBusy] = useState(false);
  const save = async (entry: Entry) => {
    setBusy(true);
    try {
      const next = keysOf(entry);
      await oneTouch.put(next);
      queries.setQueryData(["desk-keys"], next);
      onClose();
    } catch (problem) {
      tell(problem);
    } finally {
      setBusy(false);
    }
  };
  const actions = (["transfer", "dial", "invite"] as const).map((value) => ({ value, label: t(`desk.touch.${value}`) }));
  return (
    <Modal open title={t("desk.touch.edit")} width={560} okText={t("act.save")} confirmLoading={busy} onOk={form.submit} onCancel={onClose}>
      <Form form={form} size="small" initialValues={firstEntry(keys)} onFinish={(entry) => void save(entry)}>
        <div className="touch-edit">
          {touchKeys.map((name) => (
            <div key={name} className="touch-row">
              <kbd>Alt+{name}</kbd>
              <Form.Item name={[name, "label"]} noStyle><Input aria-label={`${t("desk.touch.label")} ${name}`} placeholder={t("desk.touch.label")} maxLength={40} /></Form.Item>
              <Form.Item name={[name, "number"]} rules={[{ pattern: /^\+?[0-9*#]{0,20}$/, message: t("desk.touch.badNumber") }]}><Input aria-label={`${t("desk.touch.number")} ${name}`} placeholder={t("desk.touch.number")} maxLength={21} /></Form.Item>
              <Form.Item name={[name, "action"]} noStyle><Select aria-label={`${t("desk.touch.action")} ${name}`} options={actions} /></Form.Item>
            </div>
          ))}
        </div>
      </Form>
    </Modal>
  );
}

const firstEntry = (keys: OneTouch[]): Entry =>
  Object.fromEntries(touchKeys.map((name) => [name, { action: "transfer" as const, ...keys.find((key) => key.key === name) }]));

function keysOf(entry: Entry): OneTouch[] {
  return touchKeys.flatMap((key) => {
    const { label, number, action } = entry[key] ?? {};
    return number ? [{ key, label: label || number, number, action: action ?? "transfer" }] : [];
  });
}
