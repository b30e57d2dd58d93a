import { resource } from "./resource";

export const numberClasses = ["emergency", "internal", "service", "free", "shared", "local", "mobile", "national", "regional", "international", "premium"] as const;

/** A class of service: which kinds of numbers may be dialled. */
export interface CallClass {
  name: string;
  allow: (typeof numberClasses)[number][];
}

export const callClasses = resource<CallClass, Omit<CallClass, "name">>("/classes");
