import { DatePicker, Input, InputNumber, Select } from "antd";
import dayjs from "dayjs";
import { useTranslation } from "react-i18next";

import type { Query } from "../../api/client";
import type { Option } from "../kit/field";

/** One filter above a list; its label is the text settings.<section>.<name>. */
export interface Filter {
  name: string;
  kind: "text" | "number" | "choice";
  options?: Option[];
}

interface Props {
  section: string;
  filters: Filter[];
  value: Query;
  onChange: (value: Query) => void;
}

/** Period and filters; texts count when Enter is pressed or the field is left. */
export function Filters({ section, filters, value, onChange }: Props) {
  const { t } = useTranslation();
  const set = (part: Query) => onChange({ ...value, ...part });
  const at = (instant: Query[string]) => (typeof instant === "string" ? dayjs(instant) : null);
  return (
    <div className="filters" role="search">
      <DatePicker.RangePicker
        showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" allowEmpty={[true, true]} value={[at(value.from), at(value.to)]} aria-label={t("settings.kit.period")}
        placeholder={[t("settings.kit.from"), t("settings.kit.to")]} onChange={(range) => set({ from: range?.[0]?.toISOString(), to: range?.[1]?.toISOString() })}
      />
      {filters.map(({ name, kind, options }) => {
        const label = t(`settings.${section}.${name}`);
        const given = value[name];
        const text = (written: string) => { if (written.trim() !== String(given ?? "")) set({ [name]: written.trim() || undefined }); };
        if (kind === "choice") return <Select key={name} allowClear placeholder={label} aria-label={label} options={options} value={given === undefined ? undefined : String(given)} onChange={(chosen?: string) => set({ [name]: chosen })} className="filter" />;
        if (kind === "number") return <InputNumber key={name} min={0} max={604_800} placeholder={label} aria-label={label} className="filter" onBlur={(event) => text(event.target.value)} onPressEnter={(event) => text(event.currentTarget.value)} />;
        return <Input key={name} allowClear maxLength={64} placeholder={label} aria-label={label} className="filter" onBlur={(event) => text(event.target.value)} onPressEnter={(event) => text(event.currentTarget.value)} onClear={() => text("")} />;
      })}
    </div>
  );
}
