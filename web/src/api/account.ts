import { api, segment } from "./client";
import type { List } from "./list";
import type { Permission } from "./session";

/** Which objects an account's permissions cover; an empty list is all of its kind. */
export interface Reach {
  departments: string[];
  floors: string[];
  queues: string[];
}

export interface AccountInput {
  login: string;
  name: string;
  roles: string[];
  reach: Reach;
  extension?: string;
  disabled: boolean;
}

export interface Account extends AccountInput {
  id: string;
  totp: boolean;
  must_change: boolean;
  created: string;
}

export interface Role {
  role: string;
  permissions: Permission[];
}

/** One login of one account, as listed for revocation. */
export interface Login {
  id: string;
  account: string;
  login: string;
  name: string;
  began: string;
  seen: string;
  ends: string;
  from: string;
  agent: string;
  /** Of this very browser. */
  current: boolean;
}

export const accounts = {
  list: (after?: string) => api.get<List<Account>>("/accounts", { after }),
  get: (id: string) => api.get<Account>(`/accounts/${segment(id)}`),
  create: (input: AccountInput) => api.post<{ account: Account; one_time_password: string }>("/accounts", input),
  put: (id: string, input: AccountInput) => api.put<Account>(`/accounts/${segment(id)}`, input),
  resetPassword: (id: string) => api.post<{ one_time_password: string }>(`/accounts/${segment(id)}/reset-password`),
  roles: () => api.get<List<Role>>("/roles"),
  logins: () => api.get<List<Login>>("/logins"),
  loginsOf: (id: string) => api.get<List<Login>>(`/accounts/${segment(id)}/logins`),
  dropTotp: (id: string) => api.delete(`/accounts/${segment(id)}/totp`),
  revoke: (login: string) => api.delete(`/logins/${segment(login)}`),
};
