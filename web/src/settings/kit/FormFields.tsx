import { DatePicker, Form, Input, InputNumber, Select, Switch } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import i18next from "i18next";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { type Field, type Item, pathOf } from "./field";

/** The inputs of a form, two beside each other where there is room. */
export function FormFields({ section, items, fresh }: { section: string; items: Item[]; fresh: boolean }) {
  const { t } = useTranslation();
  return (
    <div className="fields">
      {items.map((item) => {
        if ("heading" in item) return <h3 key={item.heading}>{t(`settings.${section}.${item.heading}`)}</h3>;
        if ("node" in item) return <div key={item.key} className="wide">{item.node}</div>;
        return <FieldInput key={item.name} section={section} field={item} locked={item.fixed === true && !fresh} />;
      })}
    </div>
  );
}

function FieldInput({ section, field, locked }: { section: string; field: Field; locked: boolean }) {
  const { t } = useTranslation();
  const key = `settings.${section}.${field.name.replaceAll(".", "_")}`;
  const wide = field.wide || field.kind === "tags" || field.kind === "choices";
  const moment = field.kind === "moment";
  return (
    <Form.Item
      className={wide ? "wide" : undefined}
      name={pathOf(field.name)}
      label={t(key)}
      extra={i18next.exists(`${key}_hint`) ? t(`${key}_hint`) : undefined}
      valuePropName={field.kind === "switch" ? "checked" : "value"}
      rules={[{ required: field.required, message: t("settings.kit.needed") }]}
      getValueProps={moment ? (value: string | undefined) => ({ value: value ? dayjs(value) : undefined }) : undefined}
      getValueFromEvent={moment ? (value: Dayjs | null) => value?.toISOString() : undefined}
    >
      {input(field, locked, t(key))}
    </Form.Item>
  );
}

function input(field: Field, locked: boolean, label: string): ReactNode {
  switch (field.kind) {
    case "number":
      return <InputNumber min={field.min ?? 0} max={field.max ?? 86_400} suffix={field.unit} disabled={locked} className="field-number" />;
    case "switch":
      return <Switch disabled={locked} aria-label={label} />;
    case "choice":
      return <Select options={field.options} allowClear={!field.required} disabled={locked} showSearch={{ optionFilterProp: "label" }} />;
    case "choices":
      return <Select mode="multiple" options={field.options} disabled={locked} showSearch={{ optionFilterProp: "label" }} />;
    case "tags":
      return <Select mode="tags" options={field.options} disabled={locked} tokenSeparators={[",", "，", " ", ";"]} showSearch={{ optionFilterProp: "label" }} />;
    case "moment":
      return <DatePicker showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" disabled={locked} className="field-number" />;
    case "time":
      return <Input maxLength={5} placeholder="08:00" disabled={locked} />;
    case "password":
      return <Input.Password maxLength={field.length ?? 128} autoComplete="new-password" disabled={locked} />;
    default:
      return <Input maxLength={field.length ?? 200} disabled={locked} autoComplete="off" />;
  }
}
