import { describe, expect, it } from "vitest";

import { readInvitation } from "./invite";

const headers = (given: Record<string, string>) => (name: string) => given[name];

describe("readInvitation", () => {
  it("links the call and answers by itself when told", () => {
    expect(readInvitation(headers({ "X-Bellhop-Call": " c1 ", "Call-Info": "<sip:bellhop>;answer-after=0" }))).toEqual({ call: "c1", auto: true });
  });
  it("rings when not told, or told to wait", () => {
    expect(readInvitation(headers({ "X-Bellhop-Call": "c1" })).auto).toBe(false);
    expect(readInvitation(headers({ "Call-Info": "<sip:bellhop>;answer-after=5" })).auto).toBe(false);
    expect(readInvitation(headers({})).call).toBe("");
  });
});
