import { describe, expect, it } from "vitest";

import type { Extension } from "../../api/extension";
import { placesOf, wallNumbers } from "./filter";

const extensions: Extension[] = [
  { number: "1201", kind: "room", floor: "12", state: "talking" },
  { number: "301", kind: "room", floor: "3", state: "idle" },
  { number: "8001", kind: "staff", department: "工程部", state: "held" },
];

describe("wallNumbers", () => {
  it.each([
    [{ which: "all", place: "" }, ["301", "1201", "8001"]],
    [{ which: "busy", place: "" }, ["1201", "8001"]],
    [{ which: "chosen", place: "" }, ["301"]],
    [{ which: "all", place: "floor:12" }, ["1201"]],
    [{ which: "all", place: "department:工程部" }, ["8001"]],
    [{ which: "busy", place: "floor:3" }, []],
  ] as const)("%o", (filter, want) => expect(wallNumbers(extensions, filter, new Set(["301"]))).toEqual(want));
});

it("lists floors in the order of storeys", () => {
  expect(placesOf(extensions)).toEqual({ floors: ["3", "12"], departments: ["工程部"] });
});
