import { Segmented, Select } from "antd";
import { useTranslation } from "react-i18next";

import type { Extension } from "../../api/extension";
import { useComputed } from "../../feed/use";
import { placesOf, type WallFilter } from "./filter";

const places = (all: readonly Extension[]) => placesOf(all);
const same = (a: ReturnType<typeof placesOf>, b: ReturnType<typeof placesOf>) => JSON.stringify(a) === JSON.stringify(b);

export function WallFilters({ filter, onChange, count }: { filter: WallFilter; onChange: (next: WallFilter) => void; count: number }) {
  const { t } = useTranslation();
  const { floors, departments } = useComputed("extensions", places, same);
  const options = [
    { value: "", label: t("desk.wall.everywhere") },
    { label: t("desk.wall.floors"), options: floors.map((floor) => ({ value: `floor:${floor}`, label: t("desk.floor", { floor }) })) },
    { label: t("desk.wall.departments"), options: departments.map((name) => ({ value: `department:${name}`, label: name })) },
  ];
  return (
    <div className="wall-filters">
      <Segmented
        size="small"
        aria-label={t("desk.wall.which")}
        value={filter.which}
        options={(["all", "busy", "chosen"] as const).map((value) => ({ value, label: t(`desk.wall.${value}`) }))}
        onChange={(which) => onChange({ ...filter, which })}
      />
      <Select size="small" className="wall-place" aria-label={t("desk.wall.place")} value={filter.place} options={options} onChange={(place) => onChange({ ...filter, place })} popupMatchSelectWidth={false} />
      <span className="wall-count">{t("desk.wall.count", { count })}</span>
    </div>
  );
}
