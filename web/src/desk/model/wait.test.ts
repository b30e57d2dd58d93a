import { describe, expect, it } from "vitest";

import type { Caller } from "../../api/caller";
import { laneOrder, parkAge, waitAge } from "./wait";

const caller = (call: string, position: number, ringing: string[] | null = []): Caller => ({ call, position, ringing, queue: "q", entered: "2026-01-01T00:00:00Z", number: "1", vip: 0 });

describe("ages", () => {
  it.each([[0, "fresh"], [11, "fresh"], [12, "amber"], [23, "amber"], [24, "red"]] as const)("a wait of %i s is %s", (seconds, age) => expect(waitAge(seconds, 12)).toBe(age));
  it.each([[29, "fresh"], [30, "amber"], [59, "amber"], [60, "red"]] as const)("a park of %i s is %s", (seconds, age) => expect(parkAge(seconds)).toBe(age));
});

describe("laneOrder", () => {
  it("puts those that ring me first, then by position", () => {
    const order = laneOrder([caller("c", 3, ["me"]), caller("a", 1), caller("b", 2, null)], "me");
    expect(order.map((each) => each.call)).toEqual(["c", "a", "b"]);
  });
});
