import { resource } from "./resource";

export interface DidInput {
  trunk?: string;
  to: string;
  label?: string;
}

/** A number of ours that the outside can dial. */
export interface Did extends DidInput {
  number: string;
}

export const dids = resource<Did, DidInput>("/dids");
