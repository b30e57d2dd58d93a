import { describe, expect, it } from "vitest";

import { countersOf, estimateMos, gradeOf, qualityBetween } from "./quality";

describe("estimateMos", () => {
  it("is toll quality on a clean line and falls with loss, delay and jitter", () => {
    expect(estimateMos(20, 0, 2)).toBeGreaterThan(4.3);
    expect(estimateMos(20, 5, 2)).toBeLessThan(estimateMos(20, 1, 2));
    expect(estimateMos(600, 0, 2)).toBeLessThan(estimateMos(100, 0, 2));
    expect(estimateMos(20, 0, 80)).toBeLessThan(estimateMos(20, 0, 2));
  });
  it("stays between 1 and 4.5 whatever is measured", () => {
    expect(estimateMos(0, 0, 0)).toBeLessThanOrEqual(4.5);
    expect(estimateMos(9000, 100, 900)).toBe(1);
  });
});

describe("qualityBetween", () => {
  it("counts the loss of the interval, not of the whole call", () => {
    const before = { received: 1000, lost: 500, sent: 0, jitter: 0, energy: 0 };
    const now = { received: 1090, lost: 510, sent: 0, jitter: 0.004, rtt: 0.03, energy: 1 };
    const quality = qualityBetween(before, now);
    expect(quality.loss).toBeCloseTo(10);
    expect(quality.rtt).toBeCloseTo(30);
    expect(gradeOf(quality.mos)).toBe("fair");
  });
  it("does not divide by nothing", () => {
    expect(qualityBetween(undefined, countersOf([])).loss).toBe(0);
  });
});

describe("countersOf", () => {
  it("reads audio and prefers the other side's report for the round trip", () => {
    const counters = countersOf([
      ["a", { type: "candidate-pair", nominated: true, currentRoundTripTime: 0.2 }],
      ["b", { type: "remote-inbound-rtp", roundTripTime: 0.05 }],
      ["c", { type: "inbound-rtp", kind: "audio", packetsReceived: 5, packetsLost: 1, jitter: 0.01, totalAudioEnergy: 2 }],
      ["d", { type: "inbound-rtp", kind: "video", packetsReceived: 99 }],
      ["e", { type: "outbound-rtp", kind: "audio", packetsSent: 7 }],
    ]);
    expect(counters).toEqual({ received: 5, lost: 1, sent: 7, jitter: 0.01, rtt: 0.05, energy: 2 });
  });
});
