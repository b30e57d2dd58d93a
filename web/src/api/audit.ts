import { api } from "./client";
import type { List } from "./list";

export interface AuditRow {
  seq: number;
  at: string;
  who: string;
  where?: string;
  what: string;
  object?: string;
  before?: string;
  after?: string;
  reason?: string;
  hash: string;
}

export interface AuditFilter {
  [key: string]: string | number | undefined;
  from?: string;
  to?: string;
  who?: string;
  what?: string;
  object?: string;
  limit?: number;
  after?: string;
}

export interface AuditVerdict {
  ok: boolean;
  rows: number;
  first_bad?: number;
  message: string;
}

export const audit = {
  list: (filter: AuditFilter) => api.get<List<AuditRow>>("/audit", filter),
  verify: () => api.get<AuditVerdict>("/audit/verify"),
};
