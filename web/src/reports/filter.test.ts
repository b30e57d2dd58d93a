import { describe, expect, it } from "vitest";

import { readSearch } from "./filter";

const now = new Date(2026, 5, 10, 14, 30);
const midnight = (day: number) => new Date(2026, 5, day).toISOString();

describe("readSearch", () => {
  it("is today by the half hour without anything", () => expect(readSearch({}, now)).toEqual({ tab: "desk", from: midnight(10), to: midnight(11), interval: 30, queue: undefined, how: undefined }));
  it("keeps what makes sense", () => {
    const search = { tab: "visits", from: midnight(1), to: midnight(5), interval: 60, queue: 8880, how: "abandoned" };
    expect(readSearch(search, now)).toEqual({ ...search, queue: "8880" });
  });
  it("refuses a period that ends before it begins, odd intervals and words it does not know", () => {
    expect(readSearch({ from: midnight(5), to: midnight(1), interval: 7, tab: "x", how: "sold" }, now)).toMatchObject({ tab: "desk", from: midnight(10), to: midnight(11), interval: 30, how: undefined });
  });
  it("survives nonsense", () => expect(readSearch({ from: "yesterday", to: 5 }, now)).toMatchObject({ from: midnight(10), to: midnight(11) }));
});
