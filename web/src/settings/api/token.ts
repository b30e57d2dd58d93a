import { api } from "../../api/client";
import { resource } from "./resource";

export const scopes = ["read", "calls", "desk", "admin", "tokens"] as const;

export interface TokenInput {
  name: string;
  scopes: (typeof scopes)[number][];
  expires?: string;
}

/** What a program logs in with; the secret itself is shown once only. */
export interface Token extends TokenInput {
  id: string;
  created: string;
  revoked?: string;
}

export const tokens = {
  ...resource<Token, TokenInput>("/tokens"),
  make: (input: TokenInput) => api.post<{ token: Token; secret: string }>("/tokens", input),
};
