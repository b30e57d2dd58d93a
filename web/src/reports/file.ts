import { address } from "../api/client";
import type { ReportSearch } from "./filter";

/** The address of a report as a file. */
export function fileOf(search: ReportSearch, format: "csv" | "xlsx"): string {
  const { tab, from, to, interval, queue } = search;
  return address(`/reports/${tab}.${format}`, { from, to, queue, interval_minutes: tab === "desk" ? interval : undefined });
}
