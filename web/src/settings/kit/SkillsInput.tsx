import { DeleteOutlined, PlusOutlined } from "@ant-design/icons";
import { Button, Input, InputNumber } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { rowsOf, skillsOf, type SkillRow } from "./skills";

interface Props {
  id?: string;
  value?: Record<string, number>;
  onChange?: (skills: Record<string, number>) => void;
}

/** Skills with their levels from 1 to 10; an empty name does not count. */
export function SkillsInput({ id, value, onChange }: Props) {
  const { t } = useTranslation();
  // Rows of its own: a half-typed name is no skill yet.
  const [rows, setRows] = useState<SkillRow[]>(() => rowsOf(value));
  const change = (next: SkillRow[]) => {
    setRows(next);
    onChange?.(skillsOf(next));
  };
  const alter = (at: number, part: Partial<SkillRow>) => change(rows.map((row, i) => (i === at ? { ...row, ...part } : row)));
  return (
    <div className="skills" id={id}>
      {rows.map((row, i) => (
        <div key={i} className="skills-row">
          <Input value={row.skill} maxLength={32} placeholder="en" aria-label={t("settings.kit.skill")} onChange={(event) => alter(i, { skill: event.target.value })} />
          <InputNumber value={row.level} min={1} max={10} aria-label={t("settings.kit.level")} onChange={(level) => alter(i, { level: level ?? 1 })} />
          <Button size="small" type="text" icon={<DeleteOutlined />} aria-label={t("act.delete")} onClick={() => change(rows.filter((_, at) => at !== i))} />
        </div>
      ))}
      <Button size="small" type="dashed" icon={<PlusOutlined />} onClick={() => change([...rows, { skill: "", level: 5 }])}>{t("settings.kit.addSkill")}</Button>
    </div>
  );
}
