import type { Extension } from "../../api/extension";

/** Which phones the wall shows. */
export interface WallFilter {
  which: "all" | "busy" | "chosen";
  /** "floor:12" or "department:工程部"; empty is everywhere. */
  place: string;
}

/** The numbers to show, rooms by floor first, then by department. */
export function wallNumbers(extensions: readonly Extension[], filter: WallFilter, chosen: ReadonlySet<string>): string[] {
  const [kind, place] = split(filter.place);
  return extensions
    .filter((each) => !kind || (kind === "floor" ? each.floor : each.department) === place)
    .filter((each) => filter.which !== "chosen" || chosen.has(each.number))
    .filter((each) => filter.which !== "busy" || ["ringing", "talking", "held"].includes(each.state))
    .map((each) => each.number)
    .sort(byNumber);
}

function split(place: string): [string, string] {
  const at = place.indexOf(":");
  return at < 0 ? ["", ""] : [place.slice(0, at), place.slice(at + 1)];
}

/** 301 before 1201: shorter numbers first, then as written. */
export function byNumber(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** The floors and departments there are. */
export function placesOf(extensions: readonly Extension[]): { floors: string[]; departments: string[] } {
  const floors = new Set<string>();
  const departments = new Set<string>();
  for (const { floor, department } of extensions) {
    if (floor) floors.add(floor);
    if (department) departments.add(department);
  }
  return { floors: [...floors].sort(byNumber), departments: [...departments].sort() };
}
