import type { EChartsCoreOption } from "echarts/core";

import type { Figures } from "../api/figures";

/** The words of the charts. */
export interface ChartWords {
  answered: string;
  abandoned: string;
  overflowed: string;
  level: string;
  goal: string;
}

export interface ChartPoint {
  label: string;
  figures: Figures;
}

const grid = { left: 44, right: 16, top: 34, bottom: 26 };
const ink = { color: "#33414e" };

/** Calls by interval: stacked bars, told apart by pattern as well as colour. */
export function callsOption(points: ChartPoint[], words: ChartWords): EChartsCoreOption {
  const bar = (name: string, color: string, value: (figures: Figures) => number, decal?: object) => ({
    name, type: "bar", stack: "calls", itemStyle: { color, ...(decal ? { decal } : {}) }, data: points.map((point) => value(point.figures)),
  });
  return {
    animation: false, grid, legend: { top: 0, textStyle: ink }, tooltip: { trigger: "axis" }, aria: { enabled: true },
    xAxis: { type: "category", data: points.map((point) => point.label), axisLabel: ink }, yAxis: { type: "value", minInterval: 1, axisLabel: ink },
    series: [
      bar(words.answered, "#2f8f4e", (f) => f.answered), bar(words.abandoned, "#c8323f", (f) => f.abandoned, { symbol: "rect", rotation: Math.PI / 4, dashArrayX: [1, 0], dashArrayY: [2, 4], color: "rgba(255,255,255,.55)" }),
      bar(words.overflowed, "#d18b00", (f) => f.overflowed, { symbol: "circle", symbolSize: 0.6, color: "rgba(255,255,255,.7)" }),
    ],
  };
}

/** The service level by interval, a gap where nobody called, and the goal as a line. */
export function levelOption(points: ChartPoint[], goal: number, words: ChartWords): EChartsCoreOption {
  const share = (value: number | undefined | null) => (value === undefined || value === null ? null : Math.round(value * 1000) / 10);
  return {
    animation: false, grid, legend: { top: 0, textStyle: ink }, tooltip: { trigger: "axis", valueFormatter: (value: unknown) => (value === null || value === undefined ? "–" : `${String(value)}%`) }, aria: { enabled: true },
    xAxis: { type: "category", data: points.map((point) => point.label), axisLabel: ink }, yAxis: { type: "value", min: 0, max: 100, axisLabel: { ...ink, formatter: "{value}%" } },
    series: [
      { name: words.level, type: "line", color: "#14608f", symbolSize: 6, connectNulls: false, data: points.map((point) => share(point.figures.service_level)) },
      { name: words.goal, type: "line", color: "#a35a00", symbol: "none", lineStyle: { type: "dashed" }, data: points.map(() => share(goal)) },
    ],
  };
}
