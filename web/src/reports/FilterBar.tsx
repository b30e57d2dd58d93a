import { DownloadOutlined } from "@ant-design/icons";
import { useQuery } from "@tanstack/react-query";
import { Button, DatePicker, Select, Space } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { useTranslation } from "react-i18next";

import { queues } from "../api/queue";
import { useCan } from "../session/session";
import { fileOf } from "./file";
import { intervals, type ReportSearch } from "./filter";

interface Props {
  search: ReportSearch;
  onChange: (part: Partial<ReportSearch>) => void;
}

/** Period, interval, queue, and the report as a file. */
export function FilterBar({ search, onChange }: Props) {
  const { t } = useTranslation();
  const seesQueues = [useCan("desk.work"), useCan("desk.watch"), useCan("queues.write")].includes(true);
  const list = useQuery({ queryKey: ["queues"], queryFn: queues.list, enabled: seesQueues });
  const day = dayjs().startOf("day");
  const presets: { label: string; value: [Dayjs, Dayjs] }[] = [
    { label: t("reports.preset.today"), value: [day, day.add(1, "day")] }, { label: t("reports.preset.yesterday"), value: [day.subtract(1, "day"), day] },
    { label: t("reports.preset.week"), value: [day.subtract(6, "day"), day.add(1, "day")] }, { label: t("reports.preset.month"), value: [day.startOf("month"), day.add(1, "day")] },
  ];
  return (
    <div className="rp-filters" role="search">
      <DatePicker.RangePicker
        showTime={{ format: "HH:mm" }} format="YYYY-MM-DD HH:mm" allowClear={false} presets={presets} value={[dayjs(search.from), dayjs(search.to)]} aria-label={t("reports.period")}
        onChange={(range) => range?.[0] && range[1] && onChange({ from: range[0].toISOString(), to: range[1].toISOString() })}
      />
      {search.tab === "desk" && (
        <Select aria-label={t("reports.interval")} value={search.interval} className="rp-select" onChange={(interval) => onChange({ interval })} options={intervals.map((value) => ({ value, label: t(`reports.every.${value}`) }))} />
      )}
      <Select aria-label={t("reports.queue")} value={search.queue ?? ""} className="rp-select" onChange={(queue: string) => onChange({ queue: queue || undefined })} options={[{ value: "", label: t("reports.allQueues") }, ...(list.data?.items ?? []).map((queue) => ({ value: queue.name, label: queue.title }))]} />
      <Space.Compact className="rp-files">
        <Button icon={<DownloadOutlined />} href={fileOf(search, "csv")} download data-testid="csv">CSV</Button>
        <Button icon={<DownloadOutlined />} href={fileOf(search, "xlsx")} download data-testid="xlsx">XLSX</Button>
      </Space.Compact>
    </div>
  );
}
