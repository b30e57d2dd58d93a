import type { numberClasses } from "./class";
import { resource } from "./resource";

export const weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** Which trunks calls to some numbers take, and when. */
export interface RouteInput {
  prefix?: string;
  class?: (typeof numberClasses)[number];
  trunks: string[];
  strip?: number;
  add?: string;
  from?: string;
  to?: string;
  days?: (typeof weekdays)[number][];
  cost?: string;
  order?: number;
}

export interface RouteRow extends RouteInput {
  id: string;
}

export const routeRows = resource<RouteRow, RouteInput>("/routes");
