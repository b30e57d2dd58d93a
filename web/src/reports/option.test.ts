import { expect, it } from "vitest";

import type { Figures } from "../api/figures";
import { callsOption, levelOption } from "./option";

const words = { answered: "a", abandoned: "b", overflowed: "o", level: "l", goal: "g" };
const points = [{ label: "08:00", figures: { answered: 4, abandoned: 1, overflowed: 2, service_level: 0.8049 } as Figures }, { label: "08:30", figures: { answered: 0, abandoned: 0, overflowed: 0 } as Figures }];
const data = (option: object) => (option as { series: { data: unknown[] }[] }).series.map((series) => series.data);

it("stacks what became of the calls", () => expect(data(callsOption(points, words))).toEqual([[4, 0], [1, 0], [2, 0]]));
it("leaves a gap where there was no level, beside the goal", () => expect(data(levelOption(points, 0.9, words))).toEqual([[80.5, null], [90, 90]]));
