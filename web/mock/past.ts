import type { LastCall } from "../src/api/caller";
import type { Visit } from "../src/api/visit";
import { ago, dice, personName, pick } from "./scene/names";

const roll = dice(21);
const outcomes = ["answered", "no_answer", "busy", "answered"];

const calls: LastCall[] = Array.from({ length: 40 }, (_, i) => ({
  call: `past-${i}`, at: ago(180 + i * 517), direction: pick(["inbound", "inbound", "outbound"], roll()), number: `1${pick(["36", "39", "80", "86"], roll())}${String(Math.floor(roll() * 1e8)).padStart(8, "0")}`,
  name: roll() < 0.4 ? personName(roll) : undefined, outcome: pick(outcomes, roll()), visit: roll() < 0.4 ? `v-${i}` : undefined,
}));

const visits: Visit[] = Array.from({ length: 17 }, (_, i) => ({
  id: `v-${i}`, call: `past-${i}`, queue: "operator", number: calls[i]!.number, name: calls[i]!.name, vip: i === 2 ? 1 : 0, entered: ago(240 + i * 900), left: ago(240 + i * 900 - 14 - i * 3),
  how: "abandoned", offers: 1 + (i % 3), wait_seconds: 14 + i * 3, talk_seconds: 0, hold_seconds: 0, wrap_up_seconds: 0, outcome: i > 11 ? "called_back" : "", note: i === 13 ? "已订房" : "",
}));

export const past = (): LastCall[] => calls;
export const visitList = (how: string | null): Visit[] => visits.filter((each) => !how || each.how === how);
