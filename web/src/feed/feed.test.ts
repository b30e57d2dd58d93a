import { beforeEach, describe, expect, it, vi } from "vitest";

import type { Extension } from "../api/extension";
import { Feed } from "./feed";
import { type Frame, readFrame, type Subscribe } from "./message";
import { backOff } from "./socket";

const extension = (number: string, state: Extension["state"] = "idle"): Extension => ({ number, kind: "room", state });
const hello = (epoch = "e1", version = "1"): Frame => ({ hello: { epoch, version } });
const beat: Frame = { beat: 1, at: "2026-11-21T07:00:00Z" };
let feed: Feed;
let sent: Subscribe[];

beforeEach(() => {
  feed = new Feed();
  sent = [];
  feed.send = (frame) => sent.push(frame);
  feed.soon = (ask) => ask();
});

function live(): void {
  feed.want("extensions");
  feed.opened(0);
  feed.take(hello(), 0);
  feed.take({ topic: "extensions", seq: 5, all: { "1": extension("1"), "2": extension("2") } }, 10);
  feed.take(beat, 20);
}

describe("Feed", () => {
  it("asks after the hello, and is live when every topic has answered and time runs", () => {
    feed.want("extensions");
    feed.want("seats");
    feed.opened(0);
    expect(sent).toEqual([]);
    feed.take(hello(), 0);
    expect(sent).toEqual([{ subscribe: ["extensions", "seats"], since: { extensions: 0, seats: 0 }, epoch: "e1" }]);
    feed.take({ topic: "extensions", seq: 1, all: {} }, 1);
    feed.take(beat, 2);
    expect(feed.link()).toBe("connecting");
    feed.take({ topic: "seats", refused: "forbidden" }, 3);
    feed.take(beat, 4);
    expect(feed.link()).toBe("live");
  });

  it("names all topics when one is added: a wish replaces the one before", () => {
    live();
    feed.want("parked");
    expect(sent.at(-1)).toEqual({ subscribe: ["extensions", "parked"], since: { parked: 0 }, epoch: "e1" });
    feed.want("parked");
    expect(sent).toHaveLength(2);
  });

  it("applies deltas and drops, and ignores what it was told before", () => {
    live();
    feed.take({ topic: "extensions", seq: 8, set: { "1": extension("1", "talking") }, drop: ["2"] }, 30);
    feed.take({ topic: "extensions", seq: 7, set: { "2": extension("2") } }, 40);
    expect(feed.table("extensions").all()).toEqual([extension("1", "talking")]);
  });

  it("is lost after two silent seconds, not before", () => {
    live();
    expect(feed.watch(2019)).toBe(false);
    expect(feed.link()).toBe("live");
    expect(feed.watch(2020)).toBe(true);
    expect(feed.link()).toBe("lost");
    expect(feed.watch(9000)).toBe(false);
  });

  it("resumes from where it was and is covered until the answer has come", () => {
    live();
    feed.closed();
    expect(feed.link()).toBe("lost");
    feed.opened(100);
    feed.take(hello(), 100);
    expect(sent.at(-1)).toEqual({ subscribe: ["extensions"], since: { extensions: 5 }, epoch: "e1" });
    feed.take(beat, 110);
    expect(feed.link()).toBe("lost");
    feed.take({ topic: "extensions", seq: 6, set: { "1": extension("1", "dnd") } }, 120);
    feed.take(beat, 130);
    expect(feed.link()).toBe("live");
    expect(feed.table("extensions").get("2")).toBeDefined();
  });

  it("starts over under another epoch", () => {
    live();
    feed.closed();
    feed.opened(100);
    feed.take(hello("e2"), 100);
    expect(sent.at(-1)?.since).toEqual({ extensions: 0 });
    feed.take({ topic: "extensions", seq: 2, all: { "9": extension("9") } }, 110);
    feed.take(beat, 120);
    expect(feed.table("extensions").keys()).toEqual(["9"]);
    expect(feed.link()).toBe("live");
  });

  it("asks anew for a delta to nothing", () => {
    feed.want("extensions");
    feed.opened(0);
    feed.take(hello(), 0);
    feed.take({ topic: "extensions", seq: 3, set: {} }, 1);
    expect(sent).toHaveLength(2);
    expect(sent[1]?.since).toEqual({ extensions: 0 });
  });

  it("notices a newer program behind it", () => {
    live();
    feed.take(hello("e1", "1"), 30);
    expect(feed.outdated).toBe(false);
    feed.take(hello("e1", "2"), 40);
    expect(feed.outdated).toBe(true);
  });
});

describe("Table", () => {
  it("wakes only the listeners of keys that changed", () => {
    live();
    const table = feed.table("extensions");
    const one = vi.fn();
    const two = vi.fn();
    const keys = vi.fn();
    const any = vi.fn();
    table.onKey("1", one);
    table.onKey("2", two);
    table.onKeys(keys);
    table.onAny(any);
    feed.take({ topic: "extensions", seq: 6, set: { "1": extension("1", "talking"), "2": extension("2") } }, 30);
    expect([one.mock.calls.length, two.mock.calls.length, keys.mock.calls.length, any.mock.calls.length]).toEqual([1, 0, 0, 1]);
    feed.take({ topic: "extensions", seq: 7, set: { "3": extension("3") } }, 40);
    expect([one.mock.calls.length, keys.mock.calls.length]).toEqual([1, 1]);
  });

  it("keeps its list the same object while nothing changes", () => {
    live();
    const before = feed.table("extensions").all();
    feed.take({ topic: "extensions", seq: 9, all: { "1": extension("1"), "2": extension("2") } }, 30);
    expect(feed.table("extensions").all()).toBe(before);
  });

  it("stops telling who left", () => {
    live();
    const tell = vi.fn();
    feed.table("extensions").onKey("1", tell)();
    feed.take({ topic: "extensions", seq: 6, drop: ["1"] }, 30);
    expect(tell).not.toHaveBeenCalled();
  });
});

describe("readFrame", () => {
  it.each([["no json"], ["[1]"], ["null"], ["7"], [undefined], [new ArrayBuffer(2)]])("refuses %s", (text) => expect(readFrame(text)).toBeUndefined());
});

describe("backOff", () => {
  it("grows to five seconds and no further", () => {
    expect(backOff(0, 0.5)).toBe(250);
    expect(backOff(3, 0.5)).toBe(2000);
    expect(backOff(99, 0.5)).toBe(5000);
    expect(backOff(99, 1)).toBeLessThanOrEqual(6500);
  });
});
