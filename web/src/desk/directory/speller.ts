import { pinyin } from "pinyin-pro";

const known = new Map<string, { initials: string; sounds: string }>();

/** Pinyin of a name, remembered: the directory is rebuilt often, its names are few. */
export function spell(name: string): { initials: string; sounds: string } {
  let spelt = known.get(name);
  if (!spelt) {
    const syllables = pinyin(name, { toneType: "none", type: "array", surname: "head", nonZh: "consecutive" }).map((each) => each.toLowerCase().trim());
    spelt = { initials: syllables.map((each) => each[0] ?? "").join(""), sounds: syllables.join("") };
    known.set(name, spelt);
  }
  return spelt;
}
