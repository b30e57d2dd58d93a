import { api, segment } from "./client";
import type { List } from "./list";

export type Leaving = "answered" | "abandoned" | "overflow" | "resumed" | "lost";
export type Outcome = "called_back" | "no_answer" | "not_needed";

/** One stay of one call in one queue; open while `left` is missing. */
export interface Visit {
  id: string;
  call: string;
  queue: string;
  number: string;
  name?: string;
  room?: string;
  vip: number;
  entered: string;
  left?: string;
  how?: Leaving;
  account?: string;
  offers: number;
  wait_seconds: number;
  talk_seconds: number;
  hold_seconds: number;
  wrap_up_seconds: number;
  outcome?: Outcome | "";
  note?: string;
  by?: string;
}

export interface VisitFilter {
  [key: string]: string | number | undefined;
  from?: string;
  to?: string;
  queue?: string;
  how?: Leaving;
  account?: string;
  number?: string;
  limit?: number;
  after?: string;
}

export const visits = {
  list: (filter: VisitFilter) => api.get<List<Visit>>("/desk/visits", filter),
  setOutcome: (id: string, outcome: Outcome, note: string) =>
    api.put<Visit>(`/desk/visits/${segment(id)}/outcome`, { outcome, note }),
};
