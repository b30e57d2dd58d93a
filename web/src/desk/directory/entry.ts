import type { Extension } from "../../api/extension";

/** A line of the directory, made ready to be searched. */
export interface Entry {
  number: string;
  kind: string;
  name: string;
  room: string;
  department: string;
  floor: string;
  /** Lower case, as they are compared. */
  lowName: string;
  lowDepartment: string;
  /** Pinyin: "wxm" and "wangxiaoming"; empty until the table is loaded. */
  initials: string;
  sounds: string;
}

/** Turns a Chinese name into its pinyin. */
export type Speller = (name: string) => { initials: string; sounds: string };

/** The directory from the feed; without a speller, pinyin does not match yet. */
export function entriesOf(extensions: readonly Extension[], spell?: Speller): Entry[] {
  return extensions.map((each) => {
    const name = each.name ?? "";
    const spelt = spell && name ? spell(name) : { initials: "", sounds: "" };
    return {
      number: each.number, kind: each.kind, name, room: each.room ?? "", department: each.department ?? "", floor: each.floor ?? "",
      lowName: name.toLowerCase(), lowDepartment: (each.department ?? "").toLowerCase(), ...spelt,
    };
  });
}
