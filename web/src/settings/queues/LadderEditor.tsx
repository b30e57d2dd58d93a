import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Form, InputNumber } from "antd";
import { useTranslation } from "react-i18next";

import { SkillsInput } from "../kit/SkillsInput";

/** Which skills an agent needs, and how that is eased as the caller waits. */
export function LadderEditor() {
  const { t } = useTranslation();
  return (
    <Form.List name="ladder">
      {(rows, { add, remove }) => (
        <div className="steps">
          <p className="list-hint">{t("settings.queue.ladder_hint")}</p>
          {rows.map((row) => (
            <div key={row.key} className="step">
              <Form.Item name={[row.name, "after_seconds"]} label={t("settings.queue.after")} rules={[{ required: true, message: t("settings.kit.needed") }]}><InputNumber min={0} max={86_400} suffix={t("settings.kit.seconds")} /></Form.Item>
              <Form.Item name={[row.name, "skills"]} label={t("settings.queue.skills")} className="step-main"><SkillsInput /></Form.Item>
              <Button type="text" icon={<DeleteOutlined />} aria-label={t("act.delete")} onClick={() => remove(row.name)} />
            </div>
          ))}
          <Button type="dashed" icon={<PlusOutlined />} onClick={() => add({ after_seconds: 0, skills: {} })}>{t("settings.queue.addStep")}</Button>
        </div>
      )}
    </Form.List>
  );
}
