import { describe, expect, it } from "vitest";

import { assignSlots, keepSelection } from "./slots";

describe("assignSlots", () => {
  it("keeps a call on its loop when those before it end", () => {
    const first = assignSlots([], ["a", "b", "c"]);
    expect(first.slice(0, 3)).toEqual(["a", "b", "c"]);
    expect(assignSlots(first, ["c", "d"]).slice(0, 3)).toEqual(["d", undefined, "c"]);
  });
  it("never has a call twice nor more than six", () => {
    const slots = assignSlots(["a", "a"], ["a", "b", "c", "d", "e", "f", "g"]);
    expect(slots).toHaveLength(6);
    expect(new Set(slots.filter(Boolean)).size).toBe(slots.filter(Boolean).length);
  });
});

describe("keepSelection", () => {
  it("keeps the choice, then prefers who speaks, then the first", () => {
    const slots = [undefined, "a", "b"];
    expect(keepSelection("b", slots, "a")).toBe("b");
    expect(keepSelection("gone", slots, "b")).toBe("b");
    expect(keepSelection(undefined, slots, undefined)).toBe("a");
    expect(keepSelection("x", [], "y")).toBeUndefined();
  });
});
