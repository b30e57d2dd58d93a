import { resource } from "./resource";

export const callerIdModes = ["main", "fixed", "extension", "anonymous"] as const;

export interface TrunkInput {
  carrier?: string;
  address: string;
  register?: boolean;
  username?: string;
  /** Left out: the stored one is kept. */
  secret?: string;
  hosts?: string[];
  limit?: number;
  caller_id?: { mode: (typeof callerIdModes)[number]; number?: string };
  enabled: boolean;
  order?: number;
}

export interface TrunkRow extends Omit<TrunkInput, "secret"> {
  name: string;
  endpoint: string;
  has_secret: boolean;
  online: boolean;
}

export const trunkRows = resource<TrunkRow, TrunkInput>("/trunks");
