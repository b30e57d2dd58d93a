import { describe, expect, it } from "vitest";

import type { Call, CallParty } from "../../api/call";
import type { Seat } from "../../api/seat";
import { callOfSeat, deskCalls, ownCall, watchOf } from "./watch";

const since = "2026-01-01T00:00:00Z";
const leg = (extension: string, monitor?: string, up = true): CallParty => ({ leg: extension, party: { number: extension, extension }, role: "", up, held: false, since, monitor });
const call = (id: string, parties: CallParty[], phase: Call["phase"] = "talking", started = since): Call => ({
  id, phase, direction: "internal", from: parties[0]!.party, to: { number: "0" }, dialled: "0", started, parties,
});
const seat = (account: string, extension: string, inCall?: string): Seat => ({ account, name: account, extension, state: "talking", since, calls: 0, talk_seconds: 0, missed: 0, call: inCall });

const seats = [seat("an", "8001", "c1"), seat("boss", "8009")];

describe("watchOf", () => {
  it("names how, the agent and the agent's other party", () => {
    const watch = watchOf([call("c0", [leg("1")]), call("c1", [leg("1208"), leg("8001"), leg("8009", "listen")])], seats, "8009");
    expect(watch).toMatchObject({ how: "listen", up: true, agent: { account: "an" }, other: { extension: "1208" }, call: { id: "c1" } });
  });
  it("tells a phone that still rings", () => expect(watchOf([call("c1", [leg("8001"), leg("8009", "whisper", false)])], seats, "8009")?.up).toBe(false));
  it("is nothing without a monitor, or without a phone", () => {
    expect(watchOf([call("c1", [leg("8001"), leg("8009")])], seats, "8009")).toBeUndefined();
    expect(watchOf([call("c1", [leg("8001"), leg("", "listen")])], seats, "")).toBeUndefined();
  });
});

describe("calls of the desk", () => {
  const waiting = call("q", [leg("1301")], "queued", "2026-01-01T00:00:09Z");
  const rooms = call("r", [leg("1301"), leg("1302")]);
  const own = call("own", [leg("1208"), leg("8009")], "talking", "2026-01-01T00:00:05Z");
  it("leaves out what no agent takes part in, oldest first", () => expect(deskCalls([waiting, rooms, own], seats).map((each) => each.id)).toEqual(["own", "q"]));
  it("knows an agent's call by the seat, else by the phone", () => {
    expect(callOfSeat([call("c1", [leg("8001")]), own], seats[0]!)?.id).toBe("c1");
    expect(callOfSeat([own], seat("boss", "8009"))?.id).toBe("own");
  });
  it("takes a monitor's leg for no call of one's own", () => {
    expect(ownCall([call("c1", [leg("8001"), leg("8009", "barge")])], "8009")).toBeUndefined();
    expect(ownCall([own], "8009")?.id).toBe("own");
  });
});
