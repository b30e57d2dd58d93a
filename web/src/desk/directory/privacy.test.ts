import { describe, expect, it } from "vitest";

import { entriesOf } from "./entry";
import { shown } from "./privacy";
import type { Matched } from "./search";

const [room, staff, empty] = entriesOf([
  { number: "1208", kind: "room", room: "1208", name: "王晓明", state: "idle" },
  { number: "8012", kind: "staff", name: "王敏", state: "idle" },
  { number: "1209", kind: "room", room: "1209", name: "", state: "vacant" },
]);

describe("shown", () => {
  it.each(["number", "room", "name", "department"] as Matched[])("never has room and guest together before the check (%s)", (matched) => {
    const line = shown(room!, matched, false);
    expect(line.number === "1208" && line.name === "王晓明").toBe(false);
    expect(line.hidden).toBe(true);
  });
  it("shows both after the check", () => expect(shown(room!, "name", true)).toEqual({ number: "1208", name: "王晓明", hidden: false }));
  it("hides nothing of staff or empty rooms", () => {
    expect(shown(staff!, "name", false).hidden).toBe(false);
    expect(shown(empty!, "room", false).hidden).toBe(false);
  });
});
