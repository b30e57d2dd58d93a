import { describe, expect, it } from "vitest";

import type { Caller } from "../../api/caller";
import type { Loop, LoopState } from "../model/loop";
import { subjectOf } from "./subject";

const at = "2026-11-21T07:00:00Z";
const loop = (id: string, state: LoopState, extension: string): Loop => {
  const other = { leg: id, party: { number: extension, extension }, role: "caller", up: true, held: false, since: at };
  return { call: { id, direction: "internal", phase: "talking", from: other.party, to: { number: "0" }, dialled: "0", started: at, parties: [other] }, state, others: [other], since: at };
};
const waiting: Caller = { call: "q", queue: "operator", entered: at, number: "139", vip: 0, ringing: [], position: 1 };
const talking = loop("t", "talking", "1201");
const ringing = loop("r", "ringing", "1202");

describe("subjectOf", () => {
  it.each([
    ["nobody", [], undefined, undefined, undefined],
    ["the selected call", [talking], talking, undefined, "t"],
    ["a ring before the selected call", [talking, ringing], talking, undefined, "r"],
    ["what the operator looks at before a ring", [talking, ringing], talking, "t", "t"],
    ["a waiting caller that is looked at", [talking, ringing], talking, "q", "q"],
    ["the ring when what was looked at is gone", [talking, ringing], talking, "gone", "r"],
  ] as const)("is about %s", (_, loops, selected, looked, want) => expect(subjectOf(loops, selected, looked, [waiting])?.call).toBe(want));

  it("asks by number for outside callers and by extension for ours", () => {
    expect(subjectOf([], undefined, "q", [waiting])).toEqual({ call: "q", number: "139" });
    expect(subjectOf([ringing], undefined, undefined, [])).toEqual({ call: "r", extension: "1202" });
  });
});
