import type { Call, CallParty } from "../../src/api/call";
import type { Figures } from "../../src/api/figures";
import type { Party } from "../../src/api/party";
import type { Seat, WorkState } from "../../src/api/seat";
import { put } from "../feed";
import { ago } from "./names";

export const me: Party = { number: "8001", name: "林晓雯", extension: "8001" };

export const figures: Figures = {
  offered: 412, answered: 391, answered_in_target: 352, abandoned: 17, short_abandoned: 6, overflowed: 4, answered_in_10: 331,
  answered_in_20: 377, service_level: 0.876, abandon_rate: 0.041, answer_rate: 0.949, asa_seconds: 7, median_wait_seconds: 5,
  p95_wait_seconds: 21, longest_wait_seconds: 94, aht_seconds: 68, talk_seconds: 22140, hold_seconds: 1930, wrap_up_seconds: 2310, transfers: 233,
};

const seats: [string, string, string, WorkState, number, string?][] = [
  ["acc-lin", "林晓雯", "8001", "talking", 75], ["acc-zhao", "赵志强", "8011", "talking", 190], ["acc-chen", "陈静怡", "8012", "ready", 44],
  ["acc-xu", "徐浩然", "8013", "paused", 610, "用餐"], ["acc-he", "何丽华", "8014", "wrap_up", 12], ["acc-guo", "郭敏", "8015", "not_responding", 33],
];

/** Queues, seats, waiting and parked callers, and four calls of the operator that is logged in. */
export function buildDesk(): void {
  put("status", "system", { switch: true, database: true, live: 96 });
  put("queues", "operator", { name: "operator", title: "总机", number: "0", waiting: 4, longest_since: ago(48), figures, target: { within_seconds: 12, share: 0.9, short_seconds: 5, formula: "at/(a+b-s)" } });
  put("queues", "reservations", { name: "reservations", title: "预订", number: "8880", waiting: 1, longest_since: ago(9), figures: { ...figures, offered: 96, service_level: 0.93 }, target: { within_seconds: 20, share: 0.8, short_seconds: 5, formula: "at/(a+b-s)" } });
  for (const [account, name, extension, state, age, reason] of seats) {
    put("seats", account, {
      account, name, extension, state, reason, since: ago(age), signed_on: ago(3 * 3600), calls: 42, talk_seconds: 4300, missed: state === "not_responding" ? 3 : 0,
      call: state === "talking" ? "live-1" : undefined, vip: account === "acc-lin", skills: { zh: 10, en: 6 },
    } satisfies Seat);
  }
  callers();
  parkedCalls();
  ownCalls();
}

function callers(): void {
  put("callers", "q-1", { call: "q-1", queue: "operator", entered: ago(48), number: "1516", name: "吴建国", room: "1516", vip: 0, language: "zh-CN", ringing: [], position: 2 });
  put("callers", "q-2", { call: "q-2", queue: "operator", entered: ago(8), number: "2208", name: "Margaret Whitfield", room: "2208", vip: 2, language: "en", ringing: ["acc-lin"], position: 1 });
  put("callers", "q-3", { call: "q-3", queue: "operator", entered: ago(17), number: "13912345678", vip: 0, language: "zh-CN", malice: true, ringing: [], position: 3 });
  put("callers", "q-4", { call: "q-4", queue: "operator", entered: ago(5), number: "02164451200", name: "锦华旅行社", vip: 0, ringing: ["acc-chen"], position: 4 });
  put("callers", "q-5", { call: "q-5", queue: "reservations", entered: ago(9), number: "008190123456", vip: 0, language: "ja", ringing: [], position: 1 });
}

function parkedCalls(): void {
  put("parked", "p-1", { call: "p-1", number: "13700001111", name: "孙先生", note: "找工程部看空调，稍后回", for: "8004 工程部", by: "acc-zhao", at: ago(21), recall: ago(-39) });
  put("parked", "p-2", { call: "p-2", number: "1907", room: "1907", name: "郑若曦", note: "查询洗衣", for: "客房中心", by: "acc-lin", at: ago(44), recall: ago(-16) });
  put("parked", "p-3", { call: "p-3", number: "01088886666", name: "", note: "", for: "销售部王经理", by: "acc-chen", at: ago(83), recall: ago(-1) });
}

export function party(leg: string, who: Party, up: boolean, age: number, held = false): CallParty {
  return { leg, party: who, role: "caller", up, held, since: ago(age) };
}

export function call(id: string, other: Party, phase: Call["phase"], age: number, mineUp: boolean, held = false): Call {
  return {
    id, direction: other.extension ? "internal" : "inbound", phase, from: other, to: { number: "0", name: "总机" }, dialled: "0", started: ago(age + 9),
    answered: mineUp ? ago(age) : undefined, parties: [party(`${id}-a`, other, true, age, held), { ...party(`${id}-b`, me, mineUp, age), role: "called" }],
  };
}

function ownCalls(): void {
  put("calls", "live-1", call("live-1", { number: "1208", name: "周海涛", extension: "1208", room: "1208", stay: "s1" }, "talking", 75, true));
  put("calls", "live-2", call("live-2", { number: "13612340000", name: "携程客服" }, "held", 132, true, true));
  put("calls", "q-2", call("q-2", { number: "2208", name: "Margaret Whitfield", extension: "2208", room: "2208", stay: "s2" }, "queued", 8, false));
  put("calls", "live-3", call("live-3", { number: "1711", name: "朱欣妍", extension: "1711", room: "1711", stay: "s3" }, "queued", 31, false));
}
