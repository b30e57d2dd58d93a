import type { Figures } from "../src/api/figures";
import type { Route } from "./routes";
import { figures } from "./scene/desk";
import { dice } from "./scene/names";

const target = { within_seconds: 12, share: 0.9, short_seconds: 5, formula: "at/(a+b-s)" };

/** A day's traffic: little at night, a peak in the morning and one in the evening. */
function traffic(hour: number, roll: number): Figures {
  const busy = Math.exp(-((hour - 9.5) ** 2) / 8) + 0.8 * Math.exp(-((hour - 18.5) ** 2) / 10) + 0.05;
  const offered = Math.round(busy * 24 * (0.7 + roll * 0.6));
  const abandoned = Math.round(offered * 0.06 * roll);
  const overflowed = Math.round(offered * 0.03 * roll);
  const answered = offered - abandoned - overflowed;
  const within = Math.round(answered * (0.98 - busy * 0.12 * roll));
  return {
    ...figures, offered, answered, abandoned, overflowed, answered_in_target: within, answered_in_10: Math.round(within * 0.93), answered_in_20: Math.min(answered, Math.round(within * 1.05)), transfers: Math.round(answered * 0.6),
    service_level: offered ? within / (answered + abandoned) : undefined, answer_rate: offered ? answered / offered : undefined, asa_seconds: answered ? 5.4 + busy * 6 * roll : undefined, longest_wait_seconds: Math.round(20 + 70 * roll * busy), talk_seconds: answered * 61,
  };
}

function intervals(query: URLSearchParams) {
  const roll = dice(5);
  const step = Number(query.get("interval_minutes") ?? 30) * 60_000;
  const [from, to] = [Date.parse(query.get("from") ?? ""), Date.parse(query.get("to") ?? "")];
  const list = [];
  for (let at = from; at < to; at += step) list.push({ from: new Date(at).toISOString(), to: new Date(Math.min(to, at + step)).toISOString(), figures: traffic((at - from) / 3_600_000 % 24, roll()) });
  return list;
}

const agents = [["acc-lin", "林晓雯"], ["acc-zhao", "赵志强"], ["acc-chen", "陈静怡"], ["acc-xu", "徐浩然"], ["acc-he", "何丽华"]];

export const reportRoutes: Route[] = [
  ["GET", /^\/reports\/desk$/, (_g, _b, query) => ({ body: { formula: "in words", target, total: figures, intervals: intervals(query) } })],
  ["GET", /^\/reports\/agents$/, () => ({
    body: {
      items: agents.map(([account, name], i) => ({
        account, name, figures: { ...figures, answered: 92 - i * 11, asa_seconds: 6.1 + i }, signed_on_seconds: 28000 - i * 1700, occupancy: i === 4 ? null : 0.71 - i * 0.06,
        states: { ready: 9100 - i * 500, alerting: 420, talking: 11800 - i * 900, holding: 900, wrap_up: 610, paused: 4200 + i * 300, busy_other: 300, not_responding: i === 2 ? 95 : 0, offline: 0 }, pauses: { 用餐: 2700, 小休: 1200 + i * 100, ...(i === 0 ? { 班长: 300 } : {}) },
      })),
    },
  })],
];
