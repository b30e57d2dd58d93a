import { createStore } from "../../app/store";

/** What the number or name that is being looked for is wanted for. */
export type Purpose = "dial" | "transfer" | "consult" | "invite";

/** A consultation: the caller that waits and the call to whom is asked. */
export interface Consultation {
  first: string;
  second: string;
}

/** What the operator is doing on the screen itself; nothing of it is the controller's. */
export interface Screen {
  /** The chosen call: a loop's, or a waiting caller's. */
  selected?: string;
  /** The call whose card the operator asked to see; a new ring ends that. */
  looked?: string;
  purpose: Purpose;
  query: string;
  /** The line of the result list that Enter takes. */
  row: number;
  /** The call for which the identity was checked: room and name may be shown together. */
  verified?: string;
  consultation?: Consultation;
  dialog?: "park" | "dtmf" | "help" | "touch" | "devices" | "past";
  /** What is being dragged: a call. */
  dragged?: string;
}

export const screen = createStore<Screen>({ purpose: "dial", query: "", row: 0 });

/** Leaves the search. */
export function endSearch(): void {
  screen.set({ query: "", purpose: "dial", row: 0, verified: undefined });
}
