import type { Call } from "../src/api/call";
import type { MonitorHow, Seat, WorkState } from "../src/api/seat";
import { curtain, drop, put, tables } from "./feed";
import type { Route } from "./routes";
import { call, me, party } from "./scene/desk";
import { ago } from "./scene/names";

/** A call of another agent than the one that is logged in. */
function agentCall(id: string, seat: Seat, other: { number: string; name?: string; extension?: string }, phase: Call["phase"], age: number): Call {
  const agent = { number: seat.extension, name: seat.name, extension: seat.extension };
  return { ...call(id, other, phase, age, true), trunk: other.extension ? undefined : "telecom-a", parties: [party(`${id}-a`, other, true, age), { ...party(`${id}-b`, agent, true, age), role: "called" }] };
}

function buildTeam(): void {
  const zhao = tables.seats.get("acc-zhao")!;
  put("calls", "team-1", agentCall("team-1", zhao, { number: "13801235566", name: "刘女士" }, "talking", 190));
  put("seats", "acc-zhao", { ...zhao, call: "team-1" });
  const he = tables.seats.get("acc-he")!;
  put("calls", "team-2", agentCall("team-2", he, { number: "1903", name: "Elisabeth Hohenstein", extension: "1903" }, "held", 41));
  put("seats", "acc-he", { ...he, state: "holding", call: "team-2" });
}

const raise = curtain.raise;
curtain.raise = () => {
  raise();
  buildTeam();
};

const callOf = (account: string) => tables.calls.get(tables.seats.get(account)?.call ?? "");
const idle = (account: string, state: WorkState, reason?: string) => {
  const seat = tables.seats.get(account)!;
  put("seats", account, { ...seat, state, reason, since: ago(0), call: state === "talking" ? seat.call : undefined });
  return tables.seats.get(account)!;
};

function monitor(account: string, how: MonitorHow) {
  for (const live of tables.calls.values()) {
    if (live.parties.some((each) => each.monitor)) put("calls", live.id, { ...live, parties: live.parties.filter((each) => !each.monitor) });
  }
  if (how === "off") return {};
  const live = callOf(account);
  if (!live) return { problem: { status: 409, code: "conflict", detail: "the agent is in no call" } };
  const mine = { ...party(`${live.id}-m`, me, true, 0), role: "supervisor", monitor: how };
  if (how !== "take_over") put("calls", live.id, { ...live, parties: [...live.parties, mine] });
  else {
    put("calls", live.id, { ...live, parties: [live.parties[0]!, { ...mine, role: "called", monitor: undefined }] });
    idle(account, "wrap_up");
  }
  return {};
}

export const teamRoutes: Route[] = [
  ["POST", /^\/desk\/seats\/([^/]+)\/monitor$/, ([account], body) => monitor(account!, body.how as MonitorHow)],
  ["POST", /^\/desk\/seats\/([^/]+)\/force-release$/, ([account]) => {
    const live = callOf(account!);
    if (live) drop("calls", live.id);
    idle(account!, "ready");
    return {};
  }],
  ["POST", /^\/desk\/seats\/([^/]+)\/force$/, ([account], body) => {
    const after = idle(account!, body.state as WorkState, body.reason as string);
    if (body.state === "signed_off") drop("seats", account!);
    return { body: after };
  }],
];
