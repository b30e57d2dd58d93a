import type { Figures } from "../api/figures";
import { clockText } from "../app/clock";

/** A figure of the desk: its text is reports.figure.<key>, its formula reports.formulaOf.<key>. */
export interface Kpi {
  key: string;
  text: (figures: Figures) => string;
}

/** A share as "87.6%"; "–" when there was nothing to divide. */
export function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? "–" : `${(share * 100).toFixed(1)}%`;
}

/** Seconds for people: "7.4 s" below a minute, else minutes and seconds. */
export function seconds(value: number | null | undefined, counted = true): string {
  if (!counted || value === null || value === undefined) return "–";
  return value < 60 ? `${Number.isInteger(value) ? value : value.toFixed(1)} s` : clockText(Math.round(value));
}

const part = (count: number, of: number) => `${count} (${percent(of > 0 ? count / of : undefined)})`;
const any = (figures: Figures) => figures.answered > 0;

/** What the desk's report shows, the most important first. */
export const kpis: Kpi[] = [
  { key: "offered", text: (f) => String(f.offered) },
  { key: "answer_rate", text: (f) => percent(f.answer_rate) },
  { key: "service_level", text: (f) => percent(f.service_level) },
  { key: "answered_in_10", text: (f) => part(f.answered_in_10, f.answered) },
  { key: "answered_in_20", text: (f) => part(f.answered_in_20, f.answered) },
  { key: "asa", text: (f) => seconds(f.asa_seconds, any(f)) },
  { key: "median", text: (f) => seconds(f.median_wait_seconds, any(f)) },
  { key: "p95", text: (f) => seconds(f.p95_wait_seconds, any(f)) },
  { key: "longest", text: (f) => seconds(f.longest_wait_seconds, f.offered > 0) },
  { key: "talk", text: (f) => clockText(Math.round(f.talk_seconds)) },
  { key: "aht", text: (f) => seconds(f.aht_seconds, any(f)) },
  { key: "abandoned", text: (f) => `${f.abandoned} (${percent(f.abandon_rate)})` },
  { key: "transfers", text: (f) => part(f.transfers, f.answered) },
];
