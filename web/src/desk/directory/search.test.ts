import { describe, expect, it } from "vitest";

import { entriesOf, type Speller } from "./entry";
import { dialable, search } from "./search";

const pinyin: Record<string, [string, string]> = { 王晓明: ["wxm", "wangxiaoming"], 王敏: ["wm", "wangmin"] };
const spell: Speller = (name) => {
  const [initials = "", sounds = ""] = pinyin[name] ?? [];
  return { initials, sounds };
};
const entries = entriesOf(
  [
    { number: "1208", kind: "room", room: "1208", name: "王晓明", floor: "12", state: "idle" },
    { number: "8012", kind: "staff", name: "王敏", department: "工程部", state: "idle" },
    { number: "8110", kind: "service", name: "Housekeeping", department: "客房部", state: "idle" },
    { number: "12080", kind: "staff", name: "Bob", department: "IT", state: "idle" },
  ],
  spell,
);
const numbers = (query: string) => search(entries, query).map((hit) => hit.entry.number);

describe("search", () => {
  it.each([
    ["1208", ["1208", "12080"]],
    ["wxm", ["1208"]],
    ["wang", ["8012", "1208"]],
    ["王", ["1208", "8012"]],
    ["晓明", ["1208"]],
    ["house", ["8110"]],
    ["HOUSE", ["8110"]],
    ["工程", ["8012"]],
    ["王 工程", ["8012"]],
    ["zzz", []],
    ["  ", []],
  ])("finds %s", (query, want) => expect(numbers(query).sort()).toEqual([...want].sort()));

  it("puts the exact number first", () => expect(numbers("1208")[0]).toBe("1208"));
  it("says what matched", () => {
    expect(search(entries, "wxm")[0]?.matched).toBe("name");
    expect(search(entries, "1208")[0]?.matched).toBe("number");
  });
  it("takes under 50 ms for 5,000 entries", () => {
    const many = entriesOf(Array.from({ length: 5000 }, (_, i) => ({ number: String(10000 + i), kind: "room", name: `客人${i}`, room: String(10000 + i), department: "客房部", state: "idle" as const })));
    search(many, "客");
    const begin = performance.now();
    search(many, "客人4 房");
    search(many, "49");
    search(many, "nobody");
    expect((performance.now() - begin) / 3).toBeLessThan(50);
  });
});

describe("dialable", () => {
  it.each([["139 1234 5678", "13912345678"], ["+86-21-555", "+8621555"], ["*55", "*55"], ["wang", ""], ["1a", ""], ["", ""], ["1".repeat(21), ""]])("%s", (query, want) => expect(dialable(query)).toBe(want));
});
