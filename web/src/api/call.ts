import { api, segment } from "./client";
import type { Party } from "./party";

export type Phase = "offered" | "script" | "ringing" | "talking" | "transferring" | "queued" | "parked" | "held" | "emergency";

/** One leg of a live call. */
export interface CallParty {
  leg: string;
  party: Party;
  role: string;
  up: boolean;
  held: boolean;
  since: string;
  monitor?: string;
}

/** A live call (feed topic "calls", key: call id). */
export interface Call {
  id: string;
  direction: string;
  phase: Phase;
  from: Party;
  to: Party;
  dialled: string;
  trunk?: string;
  emergency?: boolean;
  started: string;
  answered?: string;
  parties: CallParty[];
}

const of = (id: string, verb: string) => `/desk/calls/${segment(id)}/${verb}`;

/** What an operator does to calls; media stays in the soft phone. */
export const calls = {
  /** My phone rings and answers by itself, then the number is called. */
  dial: (number: string, callback?: string) => api.post<{ call: string }>("/desk/calls", { number, callback }),
  hold: (id: string) => api.post(of(id, "hold")),
  retrieve: (id: string) => api.post(of(id, "retrieve")),
  release: (id: string) => api.post(of(id, "release")),
  transfer: (id: string, number: string) => api.post(of(id, "transfer"), { number }),
  /** Ends a consultation: joins the first call with the second and leaves. */
  hand: (id: string, second: string) => api.post(of(id, "hand"), { second }),
  confer: (id: string, second: string) => api.post(of(id, "confer"), { second }),
  invite: (id: string, numbers: string[]) => api.post(of(id, "invite"), { numbers }),
  inviteGroup: (id: string, group: string) => api.post(of(id, "invite"), { group }),
  dropParty: (id: string, leg: string) => api.delete(`/desk/calls/${segment(id)}/parties/${segment(leg)}`),
  keys: (id: string, digits: string) => api.post(of(id, "keys"), { digits }),
  park: (id: string, note?: string, forWhom?: string) => api.post(of(id, "park"), { note, for: forWhom }),
  barge: (id: string, on: boolean) => api.post(of(id, "barge"), { on }),
  forceRelease: (id: string, reason?: string) => api.post(of(id, "force-release"), { reason }),
};
