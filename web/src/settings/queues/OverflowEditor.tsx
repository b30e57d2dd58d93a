import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, Input, InputNumber, Select } from "antd";
import { useTranslation } from "react-i18next";

import { optionsOf } from "../kit/field";

const deeds = ["queue", "number", "callback", "apologise"];

/** What happens to a caller who waits too long, step by step. */
export function OverflowEditor() {
  const { t } = useTranslation();
  return (
    <Form.List name="overflow">
      {(rows, { add, remove }) => (
        <div className="steps">
          <p className="list-hint">{t("settings.queue.overflow_hint")}</p>
          {rows.map((row) => <Step key={row.key} at={row.name} onRemove={() => remove(row.name)} />)}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ after_seconds: 60, do: "queue", to: "" })}>{t("settings.queue.addStep")}</Button>
        </div>
      )}
    </Form.List>
  );
}

function Step({ at, onRemove }: { at: number; onRemove: () => void }) {
  const { t } = useTranslation();
  const doing = Form.useWatch(["overflow", at, "do"]) as string | undefined;
  const goes = doing === "queue" || doing === "number";
  return (
    <div className="step">
      <Form.Item name={[at, "after_seconds"]} label={t("settings.queue.after")} rules={[{ required: true, message: t("settings.kit.needed") }]}><InputNumber min={0} max={86_400} suffix={t("settings.kit.seconds")} /></Form.Item>
      <Form.Item name={[at, "do"]} label={t("settings.queue.do")}><Select options={optionsOf(deeds, (deed) => t(`settings.overflow.${deed}`))} className="step-do" /></Form.Item>
      <Form.Item name={[at, "to"]} label={t("settings.queue.to")} className="step-main" hidden={!goes}><Input maxLength={64} /></Form.Item>
      <Button type="text" icon={<DeleteOutlined />} aria-label={t("act.delete")} onClick={onRemove} />
    </div>
  );
}
