import type { Entry } from "./entry";

/** What of an entry a query matched: on the transfer form only that is shown until the identity is checked. */
export type Matched = "number" | "room" | "name" | "department";

export interface Hit {
  entry: Entry;
  matched: Matched;
}

/** Finds entries by number, room, name, pinyin or department, best first. 5,000 entries take a few milliseconds. */
export function search(entries: readonly Entry[], query: string, limit = 40): Hit[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (words.length === 0) return [];
  const found: { hit: Hit; rank: number }[] = [];
  for (const entry of entries) {
    let rank = 0;
    let matched: Matched | undefined;
    for (const word of words) {
      const one = match(entry, word);
      if (!one) {
        rank = -1;
        break;
      }
      rank += one.rank;
      matched ??= one.matched;
    }
    if (rank >= 0 && matched) found.push({ hit: { entry, matched }, rank });
  }
  found.sort((a, b) => a.rank - b.rank || a.hit.entry.number.length - b.hit.entry.number.length || compare(a.hit.entry.number, b.hit.entry.number));
  return found.slice(0, limit).map((each) => each.hit);
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** How well a word fits: 0 best. */
function match(entry: Entry, word: string): { rank: number; matched: Matched } | undefined {
  if (entry.number === word) return { rank: 0, matched: "number" };
  if (entry.room === word) return { rank: 0, matched: "room" };
  if (entry.number.startsWith(word)) return { rank: 1, matched: "number" };
  if (entry.room.startsWith(word)) return { rank: 1, matched: "room" };
  if (entry.lowName.startsWith(word) || entry.initials === word) return { rank: 1, matched: "name" };
  if (entry.initials.startsWith(word) || entry.sounds.startsWith(word)) return { rank: 2, matched: "name" };
  if (entry.lowName.includes(word)) return { rank: 3, matched: "name" };
  if (entry.lowDepartment.includes(word)) return { rank: 4, matched: "department" };
  if (word.length > 2 && entry.number.includes(word)) return { rank: 5, matched: "number" };
  return undefined;
}

/** A number that may be dialled although the directory does not know it. */
export function dialable(query: string): string {
  const digits = query.replace(/[\s()-]/g, "");
  return /^\+?[0-9*#]{1,20}$/.test(digits) ? digits : "";
}
