import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";

import type { Profile } from "../../api/queue";
import { useCan } from "../../session/session";
import { resource } from "../api/resource";

export const loadProfiles = () => resource<Profile, never>("/profiles").all();

/** What the agents can do, and their names. */
export function useProfiles(): Profile[] {
  const may = [useCan("queues.write"), useCan("desk.watch")].includes(true);
  return useQuery({ queryKey: ["profiles"], queryFn: loadProfiles, enabled: may }).data ?? [];
}

/** The name of an agent's account; the account itself when it is not known. */
export function useAgentNames(): (account: string) => string {
  const profiles = useProfiles();
  return useCallback((account: string) => profiles.find((each) => each.account === account)?.name || account, [profiles]);
}
