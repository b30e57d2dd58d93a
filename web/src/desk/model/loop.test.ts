import { describe, expect, it } from "vitest";

import type { Call, CallParty } from "../../api/call";
import type { PhoneCall } from "../../phone/state";
import { loopsOf } from "./loop";

const at = "2026-11-21T07:00:00Z";
const leg = (extension: string, part: Partial<CallParty> = {}): CallParty => ({
  leg: extension, party: { number: extension, extension }, role: "called", up: true, held: false, since: at, ...part,
});
const call = (parties: CallParty[], part: Partial<Call> = {}): Call => ({
  id: "c1", direction: "internal", phase: "talking", from: { number: "1208", extension: "1208" }, to: { number: "0" }, dialled: "0", started: at, parties, ...part,
});
const session: PhoneCall = { id: "s1", call: "c9", state: "ringing", auto: false, number: "139", name: "", since: at, muted: false };
const stateOf = (one: Call, handed: string[] = []) => loopsOf([one], "8001", [], new Set(handed))[0]?.state;

describe("loopsOf", () => {
  it.each([
    ["rings until I answer", call([leg("1208"), leg("8001", { up: false })]), [], "ringing"],
    ["is a recall when I gave the call away before", call([leg("1208"), leg("8001", { up: false })]), ["c1"], "recall"],
    ["talks", call([leg("1208"), leg("8001")]), [], "talking"],
    ["is held when all others are", call([leg("1208", { held: true }), leg("8001")]), [], "held"],
    ["is a conference of three", call([leg("1208"), leg("8001"), leg("1209")]), [], "conference"],
    ["is no conference while the third still rings", call([leg("1208"), leg("8001"), leg("1209", { up: false })]), [], "talking"],
    ["dials while the other side does not answer", call([leg("8001", { role: "caller" }), leg("1208", { up: false })], { from: { number: "8001", extension: "8001" } }), [], "dialling"],
    ["does not ring for a call that I place", call([leg("8001", { role: "caller", up: false })], { from: { number: "8001", extension: "8001" } }), ["c1"], "dialling"],
    ["barges", call([leg("1208"), leg("1209"), leg("8001", { monitor: "barge" })]), [], "barging"],
  ])("%s", (_, one, handed, want) => expect(stateOf(one, handed)).toBe(want));

  it("ignores other people's calls, and everything while I have no extension", () => {
    expect(loopsOf([call([leg("1208"), leg("8002")])], "8001", [], new Set())).toEqual([]);
    expect(loopsOf([call([leg("", {})])], "", [session], new Set())).toEqual([]);
  });
  it("shows a session that rings before the feed tells of it", () => {
    const [loop] = loopsOf([], "8001", [session], new Set());
    expect(loop).toMatchObject({ state: "ringing", call: { id: "c9" } });
    expect(loop?.others[0]?.party.number).toBe("139");
  });
  it("does not show a call twice", () => {
    expect(loopsOf([call([leg("1208"), leg("8001")], { id: "c9" })], "8001", [session], new Set())).toHaveLength(1);
  });
});
