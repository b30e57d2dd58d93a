import { resource } from "./resource";

export const extensionKinds = ["room", "staff", "department", "service", "desk", "corridor"] as const;
export const forwardWhens = ["always", "busy", "no_answer"] as const;

export interface ExtensionInput {
  kind: (typeof extensionKinds)[number];
  name?: string;
  room?: string;
  department?: string;
  class?: string;
  language?: string;
  do_not_disturb?: boolean;
  forward_to?: string;
  forward_when?: (typeof forwardWhens)[number];
  monitored?: boolean;
}

/** An extension as it is configured; what it is doing comes by the feed. */
export interface ExtensionRow extends ExtensionInput {
  number: string;
}

export const extensionRows = resource<ExtensionRow, ExtensionInput>("/extensions");
