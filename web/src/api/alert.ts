import type { Party } from "./party";

/** An emergency call, running or ended (feed topic "alerts", key: call id). */
export interface Alert {
  call: string;
  at: string;
  from: Party;
  guest?: string;
  dialled: string;
  ended?: string;
}
