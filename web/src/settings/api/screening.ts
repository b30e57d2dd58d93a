import { resource } from "./resource";

export const verdicts = ["allow", "refuse", "limit", "flag"] as const;

export interface ScreeningInput {
  direction: "inbound" | "outbound";
  pattern: string;
  scope?: string;
  verdict: (typeof verdicts)[number];
  reason: string;
  expires?: string;
}

/** An entry of the black and white list. */
export interface Screening extends ScreeningInput {
  id: string;
  by: string;
  created: string;
}

export const screenings = resource<Screening, ScreeningInput>("/screening");
