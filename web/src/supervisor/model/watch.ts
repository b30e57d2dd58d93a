import type { Call } from "../../api/call";
import type { Party } from "../../api/party";
import type { MonitorHow, Seat } from "../../api/seat";

/** My part in an agent's call. */
export interface Watch {
  call: Call;
  how: MonitorHow;
  /** My phone has answered. */
  up: boolean;
  since: string;
  agent?: Seat;
  /** With whom the agent talks. */
  other?: Party;
}

/** What I am monitoring with the phone at this extension; undefined: nothing. */
export function watchOf(calls: readonly Call[], seats: readonly Seat[], extension: string): Watch | undefined {
  if (!extension) return undefined;
  for (const call of calls) {
    const mine = call.parties.find((each) => each.party.extension === extension && each.monitor);
    if (!mine) continue;
    const agent = seats.find((seat) => seat.extension !== extension && call.parties.some((each) => !each.monitor && each.party.extension === seat.extension));
    return { call, how: mine.monitor as MonitorHow, up: mine.up, since: mine.since, agent, other: otherThan(call, agent?.extension) };
  }
  return undefined;
}

/** Whom the phone at this extension talks with in a call; supervisors who take part do not count. */
export function otherThan(call: Call, extension: string | undefined): Party | undefined {
  const others = call.parties.filter((each) => !each.monitor && each.party.extension !== extension);
  if (others[0]) return others[0].party;
  return call.from.extension === extension ? call.to : call.from;
}

/** The call that an agent is in; the seat's own word first. */
export function callOfSeat(calls: readonly Call[], seat: Seat): Call | undefined {
  const named = seat.call ? calls.find((call) => call.id === seat.call) : undefined;
  return named ?? calls.find((call) => call.parties.some((each) => each.up && !each.monitor && each.party.extension === seat.extension));
}

/** The call that I myself am a party of, as after a take-over. */
export function ownCall(calls: readonly Call[], extension: string): Call | undefined {
  if (!extension) return undefined;
  return calls.find((call) => call.parties.some((each) => each.up && !each.monitor && each.party.extension === extension));
}

/** The calls of the desk: an agent is in it, or it waits or is parked. Oldest first. */
export function deskCalls(calls: readonly Call[], seats: readonly Seat[]): Call[] {
  const desks = new Set(seats.map((seat) => seat.extension));
  const ofDesk = (call: Call) => call.phase === "queued" || call.phase === "parked" || call.parties.some((each) => desks.has(each.party.extension ?? ""));
  return calls.filter(ofDesk).sort((a, b) => a.started.localeCompare(b.started));
}

/** A party in one line: name and number, or whichever there is. */
export function partyText(party: Party | undefined): string {
  if (!party) return "–";
  return [party.name, party.number || party.extension].filter(Boolean).join(" ") || "–";
}
