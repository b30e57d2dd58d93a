import type { Call } from "../src/api/call";
import { curtain, drop, put, tables } from "./feed";
import { past, visitList } from "./past";
import type { Route } from "./routes";
import { buildDesk, call, me } from "./scene/desk";
import { buildHouse, stirHouse } from "./scene/house";
import { ago } from "./scene/names";

buildHouse();
buildDesk();
curtain.raise = buildDesk;
setInterval(stirHouse, 400).unref();

let keys = [
  { key: "1", label: "客房中心", number: "8110", action: "transfer" }, { key: "2", label: "工程值班", number: "8004", action: "transfer" },
  { key: "3", label: "大堂副理", number: "8002", action: "transfer" }, { key: "4", label: "安保", number: "8006", action: "dial" },
  { key: "5", label: "礼宾部", number: "8010", action: "transfer" }, { key: "6", label: "中餐厅", number: "8005", action: "transfer" },
  { key: "7", label: "应急小组", number: "8119", action: "invite" },
];
let next = 1;

const change = (id: string, alter: (live: Call) => Call) => {
  const live = tables.calls.get(id);
  if (live) put("calls", id, alter(live));
  return live ? {} : { problem: { status: 404, code: "not_found", detail: "no such live call" } };
};
const hold = (id: string, held: boolean) =>
  change(id, (live) => ({ ...live, phase: held ? "held" : "talking", parties: live.parties.map((each) => (each.party.extension === "8001" ? each : { ...each, held })) }));
const end = (id: string) => {
  drop("calls", id);
  drop("callers", id);
  return {};
};
const seat = () => tables.seats.get("acc-lin")!;

export const deskRoutes: Route[] = [
  ["PUT", /^\/desk\/seat$/, () => {
    if (seat().state === "signed_off") put("seats", "acc-lin", { ...seat(), state: "ready", since: ago(0) });
    return { body: { seat: seat(), phone: { user: "acc-lin", secret: "mock", realm: "bellhop", url: "/sip" } } };
  }],
  ["DELETE", /^\/desk\/seat$/, () => { put("seats", "acc-lin", { ...seat(), state: "signed_off", since: ago(0) }); return {}; }],
  ["PUT", /^\/desk\/seat\/state$/, (_, body) => {
    put("seats", "acc-lin", { ...seat(), state: body.state as "ready" | "paused", reason: body.reason as string, since: ago(0) });
    return { body: seat() };
  }],
  ["POST", /^\/desk\/calls$/, (_, body) => {
    const id = `own-${next++}`;
    const number = String(body.number);
    const known = tables.extensions.get(number);
    put("calls", id, { ...call(id, { number, name: known?.name, extension: known?.number, room: known?.room }, "talking", 0, true), direction: "outbound", from: me });
    return { status: 201, body: { call: id } };
  }],
  ["POST", /^\/desk\/calls\/([^/]+)\/hold$/, ([id]) => hold(id!, true)],
  ["POST", /^\/desk\/calls\/([^/]+)\/retrieve$/, ([id]) => hold(id!, false)],
  ["POST", /^\/desk\/calls\/([^/]+)\/(release|transfer|hand|force-release)$/, ([id], body) => { if (body.second) end(String(body.second)); return end(id!); }],
  ["POST", /^\/desk\/calls\/([^/]+)\/confer$/, ([id], body) => {
    const second = tables.calls.get(String(body.second));
    end(String(body.second));
    return change(id!, (live) => ({ ...live, phase: "talking", parties: [...live.parties.map((each) => ({ ...each, held: false })), ...(second?.parties.filter((each) => each.party.extension !== "8001") ?? [])] }));
  }],
  ["POST", /^\/desk\/calls\/([^/]+)\/invite$/, ([id], body) => {
    const group = [...tables.extensions.values()].filter((each) => each.department === "工程部").slice(0, 4).map((each) => each.number);
    const numbers = (body.numbers as string[] | undefined) ?? group;
    return change(id!, (live) => ({ ...live, parties: [...live.parties, ...numbers.map((number, i) => ({ leg: `${id}-i${next++}`, party: { number, name: tables.extensions.get(number)?.name, extension: number }, role: "invited", up: i % 2 === 0, held: false, since: ago(0) }))] }));
  }],
  ["DELETE", /^\/desk\/calls\/([^/]+)\/parties\/([^/]+)$/, ([id, leg]) => change(id!, (live) => ({ ...live, parties: live.parties.filter((each) => each.leg !== leg) }))],
  ["POST", /^\/desk\/calls\/([^/]+)\/keys$/, () => ({})],
  ["POST", /^\/desk\/calls\/([^/]+)\/park$/, ([id], body) => {
    const other = tables.calls.get(id!)?.parties.find((each) => each.party.extension !== "8001")?.party;
    end(id!);
    put("parked", id!, { call: id!, number: other?.number ?? "", name: other?.name, room: other?.room, note: body.note as string, for: body.for as string, by: "acc-lin", at: ago(0), recall: ago(-60) });
    return {};
  }],
  ["POST", /^\/desk\/parked\/([^/]+)\/pull$/, ([id]) => {
    const waiting = tables.parked.get(id!);
    if (!waiting) return { problem: { status: 409, code: "conflict", detail: "somebody else took it" } };
    drop("parked", id!);
    put("calls", id!, call(id!, { number: waiting.number, name: waiting.name, room: waiting.room }, "talking", 0, true));
    return {};
  }],
  ["POST", /^\/desk\/calls\/([^/]+)\/barge$/, () => ({})],
  ["GET", /^\/desk\/keys$/, () => ({ body: { keys } })],
  ["PUT", /^\/desk\/keys$/, (_, body) => { keys = body.keys as typeof keys; return { body: { keys } }; }],
  ["GET", /^\/desk\/callers$/, () => ({ body: { items: past() } })],
  ["GET", /^\/desk\/visits$/, (_g, _b, query) => ({ body: { items: visitList(query.get("how")) } })],
  ["PUT", /^\/desk\/visits\/([^/]+)\/outcome$/, ([id], body) => ({ body: Object.assign(visitList(null).find((each) => each.id === id) ?? {}, body) })],
  ["GET", /^\/groups$/, () => ({ body: { items: [{ name: "应急小组", number: "8119", members: ["8002", "8004", "8006"], pickup: false }, { name: "工程部", members: ["8004", "8012"], pickup: true }] } })],
  ["GET", /^\/desk\/guest$/, (_g, _b, query) => guestCard(query.get("extension") ?? "", query.get("number") ?? "")],
];

function guestCard(extension: string, number: string) {
  const room = tables.extensions.get(extension);
  if (!room) return { body: { number, name: number === "13612340000" ? "携程客服" : "", guests: [], malice: number === "13912345678", last_calls: past().slice(0, 3) } };
  const foreign = extension === "2208";
  return {
    body: {
      room: room.room, extension, checked_in: ago(2.3 * 86400), malice: false,
      guests: foreign ? [{ name: "Margaret Whitfield", vip: 2, language: "en" }, { name: "James Whitfield", vip: 0, language: "en" }] : [{ name: room.name || "周海涛", vip: 0, language: "zh-CN" }],
      notes: foreign ? "对坚果过敏；偏好高楼层；生日 11-22，已安排蛋糕" : "", last_calls: past().slice(0, 3),
    },
  };
}
