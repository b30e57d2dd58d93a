import type { Caller } from "../../api/caller";
import { counterpart, type Loop, rings } from "../model/loop";

/** Whom the guest card is about. */
export interface Subject {
  call: string;
  extension?: string;
  number?: string;
}

/** What the operator asked to look at, else who rings, else the selected call. */
export function subjectOf(loops: readonly Loop[], selected: Loop | undefined, looked: string | undefined, callers: readonly Caller[]): Subject | undefined {
  const loop = loops.find((each) => each.call.id === looked);
  if (loop) return ofLoop(loop);
  const waiting = callers.find((each) => each.call === looked);
  if (waiting) return { call: waiting.call, ...(waiting.room ? { extension: waiting.number } : { number: waiting.number }) };
  const shown = loops.find(rings) ?? selected;
  return shown && ofLoop(shown);
}

function ofLoop(loop: Loop): Subject {
  const who = counterpart(loop);
  return { call: loop.call.id, ...(who.extension ? { extension: who.extension } : { number: who.number }) };
}
