import type { Extension, ExtensionState } from "../../src/api/extension";
import { put, tables } from "../feed";
import { ago, dice, personName, pick } from "./names";

const roll = dice(7);
const departments = ["前厅部", "客房部", "工程部", "餐饮部", "安保部", "销售部", "财务部", "康体中心"];

/** 20 floors of 44 rooms and 120 staff phones. */
export function buildHouse(): void {
  for (let floor = 3; floor <= 22; floor++) {
    for (let door = 1; door <= 44; door++) {
      const number = `${floor}${String(door).padStart(2, "0")}`;
      const state = roomState(roll());
      put("extensions", number, {
        number, kind: "room", room: number, floor: String(floor), name: state === "vacant" ? "" : personName(roll), state,
        occupied: state !== "vacant", dnd: state === "dnd", vip: roll() < 0.03 && state !== "vacant" ? 1 : 0, since: ago(roll() * 300),
        ...(state === "talking" ? { call: `c-${number}`, peer: pick(["8002", "13800138000", "8110"], roll()) } : {}),
      });
    }
  }
  for (let i = 0; i < 120; i++) {
    const number = String(8002 + i);
    const department = departments[i % departments.length] as string;
    const state = pick<ExtensionState>(["idle", "idle", "idle", "idle", "talking", "ringing", "offline"], roll());
    put("extensions", number, {
      number, kind: "staff", name: personName(roll), department, state, since: ago(roll() * 200),
      ...(state === "talking" ? { call: `c-${number}`, peer: "1208" } : {}),
    });
  }
  put("extensions", "8001", { number: "8001", kind: "desk", name: "话务台一席", department: "前厅部", state: "talking", since: ago(75) });
}

function roomState(chance: number): ExtensionState {
  if (chance < 0.3) return "vacant";
  if (chance < 0.8) return "idle";
  if (chance < 0.87) return "talking";
  if (chance < 0.885) return "ringing";
  if (chance < 0.92) return "held";
  return chance < 0.97 ? "dnd" : "offline";
}

/** Phones go on and off the hook. */
export function stirHouse(): void {
  const numbers = [...tables.extensions.keys()];
  for (let i = 0; i < 3; i++) {
    const extension = tables.extensions.get(pick(numbers, Math.random())) as Extension;
    const next: Partial<Record<ExtensionState, ExtensionState>> = { idle: Math.random() < 0.1 ? "ringing" : "idle", ringing: "talking", talking: "idle" };
    const state = next[extension.state];
    if (!state || state === extension.state || extension.number === "8001") continue;
    const busy = state === "talking";
    put("extensions", extension.number, {
      ...extension, state, since: ago(0), call: busy ? `c-${extension.number}` : undefined, peer: busy ? "8003" : undefined,
    });
  }
}
