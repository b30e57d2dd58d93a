import { api, segment } from "./client";

/** A call in the lane that all operators share (feed topic "parked", key: call id). */
export interface Parked {
  call: string;
  number: string;
  name?: string;
  room?: string;
  note?: string;
  for?: string;
  by: string;
  at: string;
  recall?: string;
}

export const parked = {
  pull: (call: string) => api.post(`/desk/parked/${segment(call)}/pull`),
};
