export type ExtensionState = "idle" | "ringing" | "talking" | "held" | "dnd" | "offline" | "vacant";

/** A phone number of the house and what it is doing (feed topic "extensions", key: number). */
export interface Extension {
  number: string;
  kind: string;
  name?: string;
  room?: string;
  floor?: string;
  department?: string;
  state: ExtensionState;
  call?: string;
  peer?: string;
  since?: string;
  dnd?: boolean;
  occupied?: boolean;
  vip?: number | boolean;
}
