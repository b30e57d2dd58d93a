import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { numberClasses } from "../api/class";
import { type RouteInput, type RouteRow, routeRows, weekdays } from "../api/route";
import { trunkRows } from "../api/trunk";
import { Editor } from "../kit/Editor";
import { optionsOf } from "../kit/field";
import { ListPage } from "../kit/ListPage";

const empty: RouteInput = { prefix: "", trunks: [], strip: 0, add: "", days: [], order: 0 };

/** Which trunk an outside call takes. */
export function RouteList() {
  const { t } = useTranslation();
  return (
    <ListPage<RouteRow>
      section="route"
      queryKey={["routes"]}
      load={() => routeRows.all()}
      id={(row) => row.id}
      words={(row) => `${row.prefix ?? ""} ${row.class ?? ""} ${row.trunks.join(" ")}`}
      write="lines.write"
      columns={[
        { title: t("settings.route.order"), dataIndex: "order", sorter: (a, b) => (a.order ?? 0) - (b.order ?? 0), defaultSortOrder: "ascend" },
        { title: t("settings.route.prefix"), dataIndex: "prefix", render: (text?: string) => text || t("settings.route.any") },
        { title: t("settings.route.class"), dataIndex: "class", render: (text?: string) => (text ? t(`settings.numberClass.${text}`) : t("settings.route.any")) },
        { title: t("settings.route.trunks"), key: "trunks", render: (_, row) => row.trunks.join(" → ") },
        { title: t("settings.route.change_"), key: "change", render: (_, row) => [row.strip ? t("settings.route.strips", { count: row.strip }) : "", row.add ? `+${row.add}` : ""].filter(Boolean).join(" ") || "–" },
        { title: t("settings.route.when"), key: "when", render: (_, row) => whenText(row, (day) => t(`settings.day.${day}`)) || t("settings.route.always") },
        { title: t("settings.route.cost"), dataIndex: "cost" },
      ]}
      editor={(row, close) => <RouteEditor route={row} onClose={close} />}
      remove={(row) => routeRows.delete(row.id)}
    />
  );
}

/** Days and hours of a route in one line; empty: always. */
export function whenText(row: RouteInput, day: (day: string) => string): string {
  const hours = row.from || row.to ? `${row.from || "00:00"}–${row.to || "24:00"}` : "";
  return [(row.days ?? []).map(day).join(" "), hours].filter(Boolean).join(" ");
}

function RouteEditor({ route, onClose }: { route?: RouteRow; onClose: (saved: boolean) => void }) {
  const { t } = useTranslation();
  const trunks = useQuery({ queryKey: ["trunks"], queryFn: () => trunkRows.all() });
  const save = ({ id: _, ...form }: RouteInput & { id?: string }) => {
    // Empty times, costs and classes are left out: the controller takes no empty ones.
    const input: RouteInput = { ...form, class: form.class || undefined, from: form.from || undefined, to: form.to || undefined, cost: form.cost || undefined };
    return route ? routeRows.put(route.id, input) : routeRows.create(input);
  };
  return (
    <Editor<RouteInput>
      section="route"
      title={route ? t("settings.route.change", { prefix: route.prefix }) : t("settings.route.new")}
      fresh={!route}
      value={{ ...empty, ...route }}
      save={save}
      onClose={onClose}
      items={[
        { name: "prefix", kind: "text", length: 20 },
        { name: "class", kind: "choice", options: optionsOf(numberClasses, (each) => t(`settings.numberClass.${each}`)) },
        { name: "trunks", kind: "choices", required: true, options: (trunks.data ?? []).map(({ name }) => ({ value: name, label: name })) },
        { name: "strip", kind: "number", max: 20 },
        { name: "add", kind: "text", length: 20 },
        { name: "days", kind: "choices", options: optionsOf(weekdays, (day) => t(`settings.day.${day}`)) },
        { name: "from", kind: "time" },
        { name: "to", kind: "time" },
        { name: "cost", kind: "text", length: 16 },
        { name: "order", kind: "number", max: 100_000 },
      ]}
    />
  );
}
