import { expect, it } from "vitest";

import type { Figures } from "../api/figures";
import { kpis, percent, seconds } from "./figures";

const none: Figures = {
  offered: 0, answered: 0, answered_in_target: 0, abandoned: 0, short_abandoned: 0, overflowed: 0, answered_in_10: 0, answered_in_20: 0, median_wait_seconds: 0, p95_wait_seconds: 0,
  longest_wait_seconds: 0, talk_seconds: 0, hold_seconds: 0, wrap_up_seconds: 0, transfers: 0,
};
const text = (key: string, figures: Figures) => kpis.find((kpi) => kpi.key === key)!.text(figures);

it("shows a share, and a dash for nothing to divide", () => expect([percent(0.8764), percent(0), percent(null), percent(undefined)]).toEqual(["87.6%", "0.0%", "–", "–"]));
it("shows seconds, then minutes", () => expect([seconds(7), seconds(7.44), seconds(75), seconds(3675), seconds(null)]).toEqual(["7 s", "7.4 s", "1:15", "1:01:15", "–"]));
it("claims nothing of a day without calls", () => expect(["asa", "median", "longest", "answer_rate", "answered_in_10"].map((key) => text(key, none))).toEqual(["–", "–", "–", "–", "0 (–)"]));
it("gives counts with their share", () => expect(text("answered_in_10", { ...none, answered: 4, answered_in_10: 3 })).toBe("3 (75.0%)"));
