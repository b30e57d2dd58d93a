import type { ReactNode } from "react";

export interface Option {
  value: string;
  label: string;
}

/** One input of a form. Its label is the text settings.<section>.<name>, its hint the text with "_hint". */
export interface Field {
  /** Dots reach nested values: "announce.position". */
  name: string;
  kind: "text" | "password" | "number" | "switch" | "choice" | "choices" | "tags" | "moment" | "time";
  required?: boolean;
  /** Part of the address: cannot be changed once stored. */
  fixed?: boolean;
  options?: Option[];
  min?: number;
  max?: number;
  /** Most characters of a text. */
  length?: number;
  unit?: string;
  wide?: boolean;
}

/** What a form consists of: inputs, headings between them, and inputs of one's own. */
export type Item = Field | { heading: string } | { key: string; node: ReactNode };

/** "announce.position" as Ant Design wants it. */
export function pathOf(name: string): string[] {
  return name.split(".");
}

/** Options of a closed set, named by the texts settings.<set>.<value>. */
export function optionsOf(values: readonly string[], text: (value: string) => string): Option[] {
  return values.map((value) => ({ value, label: text(value) }));
}
