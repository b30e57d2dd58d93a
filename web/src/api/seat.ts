import { api, segment } from "./client";

export type WorkState =
  | "signed_off" | "offline" | "ready" | "paused" | "not_responding" | "reserved"
  | "alerting" | "talking" | "holding" | "busy_other" | "wrap_up";

/** An agent's place at the desk (feed topic "seats", key: account). */
export interface Seat {
  account: string;
  name: string;
  extension: string;
  state: WorkState;
  reason?: string;
  since: string;
  signed_on?: string;
  calls: number;
  talk_seconds: number;
  missed: number;
  call?: string;
  vip?: boolean;
  skills?: Record<string, number>;
}

/** What the browser's soft phone registers with; the secret is fresh at each sign-on. */
export interface PhoneCredential {
  user: string;
  secret: string;
  realm: string;
  url: string;
}

export type MonitorHow = "listen" | "whisper" | "barge" | "take_over" | "off";

export const seats = {
  signOn: (extension?: string) => api.put<{ seat: Seat; phone: PhoneCredential }>("/desk/seat", { extension }),
  signOff: () => api.delete("/desk/seat"),
  setState: (state: "ready" | "paused", reason?: string) => api.put<Seat>("/desk/seat/state", { state, reason }),
  force: (account: string, state: "ready" | "paused" | "signed_off", reason: string) =>
    api.post<Seat>(`/desk/seats/${segment(account)}/force`, { state, reason }),
  monitor: (account: string, how: MonitorHow, warn?: boolean, reason?: string) =>
    api.post(`/desk/seats/${segment(account)}/monitor`, { how, warn, reason }),
  forceRelease: (account: string, reason: string) => api.post(`/desk/seats/${segment(account)}/force-release`, { reason }),
};
