import { counterpart, type Loop } from "../model/loop";
import type { Entry } from "./entry";
import type { Matched } from "./search";

/** Only phones in guest rooms have something to hide: who stays where. */
const guestRoom = (entry: Entry) => entry.kind === "room";

/**
 * What a line of the result list may show. Room and guest name stand together only after the
 * identity was checked; before, the line shows just what the operator looked for.
 */
export function shown(entry: Entry, matched: Matched, verified: boolean): { number: string; name: string; hidden: boolean } {
  if (verified || !guestRoom(entry) || !entry.name) return { number: entry.number, name: entry.name, hidden: false };
  return matched === "name" ? { number: "····", name: entry.name, hidden: true } : { number: entry.number, name: "····", hidden: true };
}

/** The caller on the transfer form: by room or by name, both only after the check. */
export function maskedParty(loop: Loop, verified: boolean, t: (key: string, values?: Record<string, string>) => string): string {
  const { room, name, number } = counterpart(loop);
  if (!room) return name ? `${name} ${number}` : number;
  const place = t("desk.room", { room });
  return verified && name ? `${place} ${name}` : place;
}
