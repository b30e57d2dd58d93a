import { api } from "./client";
import type { Figures } from "./figures";
import type { List } from "./list";
import type { Target } from "./queue";
import type { WorkState } from "./seat";

export interface ReportFilter {
  [key: string]: string | number | undefined;
  from?: string;
  to?: string;
  interval_minutes?: number;
  queue?: string;
}

export interface DeskReport {
  formula: string;
  target: Target;
  total: Figures;
  intervals: { from: string; to: string; figures: Figures }[];
}

export interface AgentReport {
  account: string;
  name: string;
  figures: Figures;
  states: Partial<Record<WorkState, number>>;
  signed_on_seconds: number;
  occupancy?: number;
  pauses: Record<string, number>;
}

export const reports = {
  desk: (filter: ReportFilter) => api.get<DeskReport>("/reports/desk", filter),
  agents: (filter: ReportFilter) => api.get<List<AgentReport>>("/reports/agents", filter),
};
