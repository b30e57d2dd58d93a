import { useQuery } from "@tanstack/react-query";

import { type OneTouch, oneTouch } from "../../api/key";

/** The ten one-touch keys, in the order of the keyboard. */
export const touchKeys = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "0"];

export function useOneTouch(): OneTouch[] {
  return useQuery({ queryKey: ["desk-keys"], queryFn: oneTouch.get, staleTime: Infinity }).data ?? [];
}
