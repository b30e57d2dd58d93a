import { BarChart, LineChart } from "echarts/charts";
import { AriaComponent, GridComponent, LegendComponent, TooltipComponent } from "echarts/components";
import { type EChartsCoreOption, init, use as register } from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { DeskReport } from "../api/report";
import { callsOption, levelOption } from "./option";
import { useSpan } from "./span";

register([BarChart, LineChart, AriaComponent, GridComponent, LegendComponent, TooltipComponent, SVGRenderer]);

type Interval = DeskReport["intervals"][number];

interface Props {
  intervals: Interval[];
  goal: number;
  onOpen: (interval: Interval) => void;
}

/** Calls and service level by interval; a click on an interval opens its visits. */
export default function Charts({ intervals, goal, onOpen }: Props) {
  const { t } = useTranslation();
  const span = useSpan();
  const oneDay = intervals.length < 2 || Date.parse(intervals.at(-1)!.to) - Date.parse(intervals[0]!.from) <= 86_400_000;
  // Of a single day the time alone; the interval's end is its neighbour's beginning.
  const label = (each: Interval) => (oneDay ? span(each.from, each.to).split(" ").at(-1)!.split("–")[0]! : span(each.from, each.to).split("–")[0]!);
  const points = intervals.map((each) => ({ label: label(each), figures: each.figures }));
  const words = {
    answered: t("reports.figure.answered"), abandoned: t("reports.figure.abandoned"), overflowed: t("reports.figure.overflowed"), level: t("reports.figure.service_level"), goal: t("reports.goal", { goal: Math.round(goal * 1000) / 10 }),
  };
  const open = (index: number) => intervals[index] && onOpen(intervals[index]);
  return (
    <div className="rp-charts">
      <Chart title={t("reports.chart.calls")} option={callsOption(points, words)} onClick={open} />
      <Chart title={t("reports.chart.level")} option={levelOption(points, goal, words)} onClick={open} />
    </div>
  );
}

function Chart({ title, option, onClick }: { title: string; option: EChartsCoreOption; onClick: (index: number) => void }) {
  const box = useRef<HTMLDivElement>(null);
  const click = useRef(onClick);
  click.current = onClick;
  useEffect(() => {
    const node = box.current;
    if (!node) return undefined;
    const chart = init(node, undefined, { renderer: "svg" });
    chart.setOption(option);
    chart.on("click", (event) => click.current(event.dataIndex));
    const resizing = new ResizeObserver(() => chart.resize());
    resizing.observe(node);
    return () => {
      resizing.disconnect();
      chart.dispose();
    };
  }, [option]);
  return <figure className="rp-chart"><figcaption>{title}</figcaption><div ref={box} role="img" aria-label={title} className="rp-canvas" /></figure>;
}
