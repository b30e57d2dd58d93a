import { api } from "./client";

export type KeyAction = "dial" | "transfer" | "invite";

/** A one-touch key of the account; `key` is "1" to "9" or "0", pressed with Alt. */
export interface OneTouch {
  key: string;
  label: string;
  number: string;
  action: KeyAction;
}

export const oneTouch = {
  get: () => api.get<{ keys: OneTouch[] | null }>("/desk/keys").then((answer) => answer.keys ?? []),
  put: (keys: OneTouch[]) => api.put("/desk/keys", { keys }),
};
