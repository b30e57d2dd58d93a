// Calls that this operator gave away (parked, transferred): when one rings again it is a recall, and the loop says from where.

export interface Handed {
  how: "transfer" | "park";
  to: string;
}

const stored = "bellhop.handed";
const limit = 50;
const handed = new Map<string, Handed>(read());

function read(): [string, Handed][] {
  try {
    return JSON.parse(sessionStorage.getItem(stored) ?? "[]") as [string, Handed][];
  } catch {
    return [];
  }
}

export function noteHanded(call: string, what: Handed): void {
  handed.delete(call);
  handed.set(call, what);
  for (const old of [...handed.keys()].slice(0, -limit)) handed.delete(old);
  sessionStorage.setItem(stored, JSON.stringify([...handed]));
}

export function handedCalls(): ReadonlySet<string> {
  return new Set(handed.keys());
}

export function handedTo(call: string): Handed | undefined {
  return handed.get(call);
}
