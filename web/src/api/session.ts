import { api } from "./client";

/** The rights that the controller checks; the page only hides what would be refused. */
export type Permission =
  | "hotel.read" | "hotel.write" | "stays.write" | "lines.read" | "lines.write" | "calls.read" | "calls.end"
  | "desk.work" | "desk.barge" | "desk.listen" | "desk.intervene" | "desk.force" | "desk.watch" | "queues.write"
  | "reports.read" | "accounts.read" | "accounts.write" | "tokens.write" | "audit.read" | "feed.read";

/** Who is logged in, and for how long. */
export interface Session {
  account: { id: string; login: string; name: string; roles: string[]; extension?: string; totp: boolean };
  permissions: Permission[];
  csrf: string;
  must_change: boolean;
  idle_seconds: number;
  ends: string;
}

export interface TotpOffer {
  secret: string;
  url: string;
}

export const sessions = {
  current: () => api.get<Session>("/session"),
  logIn: (login: string, password: string, code?: string) => api.post<Session>("/session", { login, password, code }),
  logOut: () => api.delete("/session"),
  changePassword: (old: string, fresh: string) => api.put("/session/password", { old, new: fresh }),
  offerTotp: (password: string) => api.post<TotpOffer>("/session/totp", { password }),
  confirmTotp: (code: string) => api.put("/session/totp", { code }),
  dropTotp: (code: string) => api.delete("/session/totp", { code }),
};
