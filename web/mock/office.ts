import type { Account, Login } from "../src/api/account";
import type { Queue } from "../src/api/queue";
import type { Permission } from "../src/api/session";
import { past } from "./past";
import type { Answer, Route } from "./routes";
import { ago } from "./scene/names";

type Row = Record<string, unknown>;

/** A list whose rows are put and deleted by their key. */
function shelf(path: string, key: string, rows: Row[]): Route[] {
  const one = new RegExp(`^/${path}/([^/]+)$`);
  const put = (id: string, body: Row): Answer => {
    const at = rows.findIndex((row) => row[key] === id);
    const row = { ...rows[at], ...body, [key]: id };
    if (at < 0) rows.push(row);
    else rows[at] = row;
    return { body: row };
  };
  return [
    ["GET", new RegExp(`^/${path}$`), () => ({ body: { items: rows } })],
    ["POST", new RegExp(`^/${path}$`), (_, body) => ({ ...put(`new-${rows.length}`, body), status: 201 })],
    ["PUT", one, ([id], body) => put(id!, body)],
    ["DELETE", one, ([id]) => { rows.splice(rows.findIndex((row) => row[key] === id), 1); return {}; }],
  ];
}

const reach = { departments: [], floors: [], queues: [] };
const account = (id: string, login: string, name: string, roles: string[], more: Partial<Account> = {}): Account => ({ id, login, name, roles, reach, extension: "", disabled: false, totp: false, must_change: false, created: ago(9e6), ...more });
const accounts: Account[] = [
  account("acc-lin", "lin", "林晓雯", ["operator", "supervisor"], { extension: "8001" }), account("acc-zhao", "zhao", "赵志强", ["operator"], { extension: "8011" }), account("acc-chen", "chen", "陈静怡", ["operator"], { extension: "8012", must_change: true }),
  account("acc-qian", "qian", "钱程", ["front_desk"], { reach: { departments: ["前厅部"], floors: [], queues: [] } }), account("acc-sun", "sun", "孙安", ["security_admin"], { totp: true }), account("acc-old", "oldzhou", "周离职", ["operator"], { disabled: true }), account("acc-it", "it", "网管", ["system_admin", "telecom"], { totp: true }),
];
const logins: Login[] = accounts.slice(0, 4).map((each, i) => ({ id: `login-${i}`, account: each.id, login: each.login, name: each.name, began: ago(7200 + i * 900), seen: ago(30 + i * 200), ends: ago(-20000), from: `10.1.8.${20 + i}`, agent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0", current: i === 0 }));
const grants: Record<string, Permission[]> = {
  operator: ["hotel.read", "calls.read", "desk.work", "desk.barge", "feed.read", "stays.write"], supervisor: ["hotel.read", "calls.read", "desk.work", "desk.barge", "feed.read", "stays.write", "desk.listen", "desk.intervene", "desk.force", "desk.watch", "reports.read", "queues.write"],
  front_desk: ["hotel.read", "stays.write", "calls.read", "feed.read"], housekeeping: ["hotel.read", "feed.read"], engineering: ["hotel.read", "feed.read"], telecom: ["hotel.read", "hotel.write", "lines.read", "lines.write", "calls.read", "calls.end", "feed.read"], manager: ["hotel.read", "calls.read", "desk.watch", "reports.read", "feed.read"],
  system_admin: ["hotel.read", "hotel.write", "lines.read", "lines.write", "queues.write", "calls.read", "feed.read"], security_admin: ["accounts.read", "accounts.write", "tokens.write"], audit_admin: ["audit.read"], integration: ["hotel.read", "stays.write", "calls.read", "feed.read"],
};

const queues: Queue[] = [
  { name: "operator", title: "总机", number: "0", strategy: "longest_idle", members: ["acc-lin", "acc-zhao", "acc-chen"], ladder: [{ after_seconds: 0, skills: { en: 5, zh: 8 } }, { after_seconds: 20, skills: { zh: 5 } }], ring_seconds: 15, wrap_up_seconds: 5, miss_limit: 3, vip_bonus_seconds: 120, max_waiting: 20,
    overflow: [{ after_seconds: 60, do: "queue", to: "reservations" }, { after_seconds: 180, do: "callback", to: "" }], announce: { position: true, wait: true, every_seconds: 60, reminder_seconds: 30 }, resume_seconds: 60, target: { within_seconds: 12, share: 0.9, short_seconds: 5, formula: "at/(a+b-s)" }, early_media: false },
];
queues.push({ ...queues[0]!, name: "reservations", title: "预订", number: "8880", members: ["acc-he", "acc-guo"], ladder: [], overflow: [], target: { within_seconds: 20, share: 0.8, short_seconds: 5, formula: "at/(a+b)" } });
const profiles: Row[] = [["acc-lin", "林晓雯", 10, 6, true], ["acc-zhao", "赵志强", 9, 0, false], ["acc-chen", "陈静怡", 8, 9, false], ["acc-xu", "徐浩然", 9, 3, false], ["acc-he", "何丽华", 10, 7, true], ["acc-guo", "郭敏", 9, 0, false]].map(([id, name, zh, en, vip]) => ({ account: id, name, skills: en ? { zh, en } : { zh }, vip, weight: 1 }));

const extensions: Row[] = Array.from({ length: 60 }, (_, i) => ({ number: String(1201 + i), kind: "room", room: String(1201 + i), name: "", department: "", class: "", language: "", do_not_disturb: i % 9 === 0, forward_to: i % 17 === 3 ? "8001" : "", forward_when: "no_answer", monitored: false }));
extensions.push({ number: "8004", kind: "staff", name: "工程值班", department: "工程部", class: "staff", do_not_disturb: false, forward_to: "13800001111", forward_when: "busy", monitored: true });

const chain = Array.from({ length: 45 }, (_, i) => ({
  seq: 9120 - i, at: ago(60 + i * 431), who: ["account:lin", "account:sun", "token:pms", "system"][i % 4], where: `10.1.8.${20 + (i % 5)}`, what: ["desk.listen", "desk.force", "accounts.write", "queues.write", "lines.write"][i % 5], object: ["acc-zhao", "acc-chen", "operator", "telecom-a"][i % 4],
  before: i % 3 ? undefined : '{"ring_seconds":20,"title":"总机"}', after: i % 3 ? undefined : '{"ring_seconds":15,"title":"总机"}', reason: i % 5 === 1 ? "交接班抽查服务用语" : undefined, hash: `${"4f1d9c0be27a".repeat(5)}${String(i).padStart(4, "0")}`,
}));

const record = (id: string, i: number) => ({
  id, path: "controller", direction: past()[i]?.direction ?? "inbound", from: { number: past()[i]?.number ?? "", name: past()[i]?.name }, to: { number: "8001", name: "林晓雯", extension: "8001" }, dialled: "0", trunk: "telecom-a", emergency: i === 5, monitored: false, started: past()[i]?.at, answered: past()[i]?.at, ended: past()[i]?.at, talk_seconds: 20 + i * 13,
  outcome: past()[i]?.outcome, cause: 16, cause_text: "normal clearing", hung_up_by: "caller", reasons: ["entered queue operator at place 2", "offered to 8011: rang 15 s, not answered", "offered to 8001: the longest idle of 2", "answered after 17 s"],
  legs: [{ id: `${id}-a`, number: past()[i]?.number, role: "caller", started: past()[i]?.at, answered: past()[i]?.at, ended: past()[i]?.at, cause: 16 }, { id: `${id}-b`, number: "8001", endpoint: "acc-lin", role: "called", started: past()[i]?.at, answered: past()[i]?.at, ended: past()[i]?.at, cause: 16 }],
});

export const officeRoutes: Route[] = [
  ["POST", /^\/accounts$/, (_, body) => {
    if (accounts.some((each) => each.login === body.login)) return { problem: { status: 409, code: "conflict", field: "login", detail: `login "${String(body.login)}" is taken` } };
    const made = { ...account(`acc-${String(body.login)}`, "", "", []), ...body, must_change: true } as Account;
    accounts.push(made);
    return { status: 201, body: { account: made, one_time_password: "kestrel-7-morrow" } };
  }],
  ["POST", /^\/accounts\/([^/]+)\/reset-password$/, () => ({ body: { one_time_password: "willow-3-tandem" } })],
  ["DELETE", /^\/accounts\/([^/]+)\/totp$/, () => ({})],
  ["GET", /^\/accounts\/([^/]+)\/logins$/, ([id]) => ({ body: { items: logins.filter((each) => each.account === id) } })],
  ["GET", /^\/roles$/, () => ({ body: { items: Object.entries(grants).map(([role, permissions]) => ({ role, permissions })) } })],
  ["PUT", /^\/queues\/([^/]+)$/, ([name], body) => {
    const target = body.target as Queue["target"];
    if (target.short_seconds > target.within_seconds) return { problem: { status: 400, code: "invalid", field: "target.short", detail: "must not be longer than the target" } };
    const at = queues.findIndex((each) => each.name === name);
    const queue = { ...body, name } as unknown as Queue;
    if (at < 0) queues.push(queue);
    else queues[at] = queue;
    return { body: queue };
  }],
  ["GET", /^\/audit\/verify$/, () => ({ body: { ok: true, rows: 9120, message: "every hash fits the row before it" } })],
  ["GET", /^\/audit$/, (_g, _b, query) => ({ body: { items: chain.filter((row) => row.who!.startsWith(query.get("who") ?? "") && row.what!.startsWith(query.get("what") ?? "")), next: query.get("after") ? undefined : "x" } })],
  ["POST", /^\/tokens$/, (_, body) => ({ status: 201, body: { token: { ...body, id: "t-new", created: ago(0) }, secret: "bh_3Jq0exampleexampleexample" } })],
  ["POST", /^\/devices$/, (_, body) => ({ status: 201, body: { device: { ...body, id: "d-new", endpoint: "ph-9x2k", online: false }, secret: "mock-secret", realm: "bellhop" } })],
  ["GET", /^\/calls$/, () => ({ body: { items: past().map((each, i) => record(each.call, i)), next: "more" } })],
  ["GET", /^\/calls\/([^/]+)$/, ([id]) => ({ body: record(id!, Math.max(0, past().findIndex((each) => each.call === id))) })],
  ...shelf("accounts", "id", accounts as unknown as Row[]),
  ...shelf("logins", "id", logins as unknown as Row[]),
  ...shelf("queues", "name", queues as unknown as Row[]),
  ...shelf("profiles", "account", profiles),
  ...shelf("extensions", "number", extensions),
  ...shelf("devices", "id", [{ id: "d1", extension: "1201", label: "床头", kind: "sip", endpoint: "ph-1201a", online: true }, { id: "d2", extension: "1201", label: "浴室", kind: "sip", endpoint: "ph-1201b", online: false }]),
  ...shelf("classes", "name", [{ name: "staff", allow: ["emergency", "internal", "service", "local", "mobile"] }, { name: "guest", allow: ["emergency", "internal", "service", "free", "local", "mobile", "national"] }]),
  ...shelf("trunks", "name", [{ name: "telecom-a", endpoint: "tr-telecom-a", carrier: "中国电信", address: "10.20.0.5:5060", register: false, username: "", has_secret: false, hosts: ["10.20.0.0/24"], limit: 30, caller_id: { mode: "main" }, enabled: true, order: 1, online: true }, { name: "unicom-b", endpoint: "tr-unicom-b", carrier: "中国联通", address: "sbc.unicom.example", register: true, username: "hotel", has_secret: true, hosts: [], limit: 0, caller_id: { mode: "fixed", number: "02188886666" }, enabled: true, order: 2, online: false }]),
  ...shelf("routes", "id", [{ id: "r1", prefix: "00", class: "international", trunks: ["telecom-a", "unicom-b"], strip: 0, add: "", days: [], cost: "1.5", order: 2 }, { id: "r2", prefix: "", trunks: ["unicom-b"], strip: 1, add: "0", days: ["mon", "tue", "wed", "thu", "fri"], from: "08:00", to: "20:00", cost: "0.15", order: 1 }]),
  ...shelf("dids", "number", [{ number: "02188886666", trunk: "telecom-a", to: "0", label: "总机" }, { number: "02188886688", trunk: "", to: "8880", label: "预订专线" }]),
  ...shelf("screening", "id", [{ id: "s1", direction: "inbound", pattern: "0085*", verdict: "flag", reason: "多次骚扰前台，警方已备案", scope: "", by: "lin", created: ago(9e5), expires: ago(-9e6) }, { id: "s2", direction: "outbound", pattern: "168*", verdict: "refuse", reason: "信息台", by: "it", created: ago(9e5) }]),
  ...shelf("tokens", "id", [{ id: "t1", name: "pms", scopes: ["read", "calls"], created: ago(9e6) }, { id: "t2", name: "旧脚本", scopes: ["read"], created: ago(2e7), revoked: ago(9e5) }]),
];
