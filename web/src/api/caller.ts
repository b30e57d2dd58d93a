import { api } from "./client";
import type { List } from "./list";

/** A call that waits for a seat (feed topic "callers", key: call id). */
export interface Caller {
  call: string;
  queue: string;
  entered: string;
  number: string;
  name?: string;
  room?: string;
  /** 0: none. */
  vip: number;
  language?: string;
  malice?: boolean;
  /** Accounts that are being rung. */
  ringing: string[] | null;
  position: number;
}

/** A past call, seen from its other end. */
export interface LastCall {
  call: string;
  at: string;
  direction: string;
  number: string;
  name?: string;
  outcome: string;
  /** Its stay in a queue, to call back and note what came of it. */
  visit?: string;
}

export const callers = {
  /** The last outside callers. */
  last: (number?: string, limit = 100) => api.get<List<LastCall>>("/desk/callers", { number, limit }),
};
