import type { Call, CallParty } from "../../api/call";
import type { PhoneCall } from "../../phone/state";

/** What a loop of the operator is doing; each has a word and a colour. */
export type LoopState = "ringing" | "recall" | "dialling" | "talking" | "held" | "conference" | "barging";

/** One of the operator's calls, as the screen shows it. */
export interface Loop {
  call: Call;
  state: LoopState;
  /** The parties but me. */
  others: CallParty[];
  /** When the state began. */
  since: string;
  /** The soft phone's session of it, if it is here. */
  session?: PhoneCall;
}

/** The operator's calls, from the feed and the soft phone. `handed` are calls that the operator gave away: back again, they are recalls. */
export function loopsOf(calls: readonly Call[], extension: string, sessions: readonly PhoneCall[], handed: ReadonlySet<string>): Loop[] {
  if (!extension) return [];
  const loops: Loop[] = [];
  for (const call of calls) {
    const mine = call.parties.find((each) => each.party.extension === extension);
    if (!mine) continue;
    const others = call.parties.filter((each) => each !== mine && !each.monitor);
    const state = stateOf(call, mine, others, handed.has(call.id));
    loops.push({ call, state, others, since: sinceOf(state, mine, others), session: sessions.find((each) => each.call === call.id) });
  }
  return [...loops, ...early(sessions, calls, loops, handed)];
}

function stateOf(call: Call, mine: CallParty, others: CallParty[], handed: boolean): LoopState {
  if (mine.monitor) return "barging";
  const placedByMe = mine.role === "caller" || call.from.extension === mine.party.extension;
  if (!mine.up) return placedByMe ? "dialling" : handed ? "recall" : "ringing";
  const up = others.filter((each) => each.up);
  if (up.length === 0) return call.phase === "held" ? "held" : "dialling";
  if (up.every((each) => each.held)) return "held";
  return up.length > 1 ? "conference" : "talking";
}

function sinceOf(state: LoopState, mine: CallParty, others: CallParty[]): string {
  if (state === "held") return others.find((each) => each.held)?.since ?? mine.since;
  return mine.since;
}

/** Sessions that ring before the feed tells of their call: the phone must never be ahead of the screen. */
function early(sessions: readonly PhoneCall[], calls: readonly Call[], shown: Loop[], handed: ReadonlySet<string>): Loop[] {
  return sessions
    .filter((session) => session.call && !shown.some((loop) => loop.call.id === session.call))
    .map((session) => {
      const { since } = session;
      const known = calls.find((each) => each.id === session.call);
      const from = { number: session.number, name: session.name };
      const call: Call = known ?? {
        id: session.call, direction: "inbound", phase: "ringing", from, to: { number: "" }, dialled: "", started: since, parties: [],
      };
      const others = known?.parties ?? [{ leg: "", party: from, role: "caller", up: true, held: false, since }];
      const state = session.state === "up" ? "talking" : session.auto ? "dialling" : handed.has(call.id) ? "recall" : "ringing";
      return { call, state, others, since, session } satisfies Loop;
    });
}

/** Whether the loop waits to be answered. */
export const rings = (loop: Loop): boolean => loop.state === "ringing" || loop.state === "recall";

/** Whether the operator speaks or may speak in it now. */
export const speaks = (loop: Loop): boolean => loop.state === "talking" || loop.state === "conference";

/** The party that a loop is about. */
export function counterpart(loop: Loop): CallParty["party"] {
  return loop.others[0]?.party ?? (loop.call.from.number ? loop.call.from : loop.call.to);
}
