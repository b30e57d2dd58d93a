import { address, api, type Query, segment } from "../../api/client";
import type { List } from "../../api/list";
import type { Party } from "../../api/party";

export const directions = ["internal", "inbound", "outbound"] as const;
export const outcomes = ["answered", "busy", "no_answer", "abandoned", "barred", "failed", "switch_lost"] as const;

export interface RecordLeg {
  id: string;
  endpoint?: string;
  number?: string;
  role: string;
  started: string;
  answered?: string;
  ended?: string;
  cause: number;
}

/** What is left of a call. */
export interface CallRecord {
  id: string;
  path: string;
  direction: (typeof directions)[number];
  from: Party;
  to: Party;
  dialled: string;
  trunk?: string;
  emergency: boolean;
  monitored: boolean;
  started: string;
  answered?: string;
  ended?: string;
  talk_seconds: number;
  outcome?: (typeof outcomes)[number];
  cause: number;
  cause_text?: string;
  hung_up_by?: string;
  reasons: string[];
  legs?: RecordLeg[];
}

export interface RecordFilter extends Query {
  from?: string;
  to?: string;
  extension?: string;
  number?: string;
  room?: string;
  trunk?: string;
  direction?: string;
  outcome?: string;
  min_talk?: number;
  max_talk?: number;
  monitored?: boolean;
  open?: boolean;
}

export const records = {
  list: (filter: Query) => api.get<List<CallRecord>>("/calls", filter),
  get: (id: string) => api.get<CallRecord>(`/calls/${segment(id)}`),
  csv: (filter: Query) => address("/calls.csv", filter),
};
