import type { LastCall } from "./caller";
import { api } from "./client";

/** What the operator should know before saying hello. */
export interface GuestCard {
  room?: string;
  extension?: string;
  number?: string;
  name?: string;
  guests: { name: string; vip: number; language?: string }[];
  checked_in?: string;
  notes?: string;
  malice: boolean;
  last_calls: LastCall[];
}

export const guests = {
  card: (who: { extension?: string; number?: string }, signal?: AbortSignal) => api.get<GuestCard>("/desk/guest", who, signal),
};
