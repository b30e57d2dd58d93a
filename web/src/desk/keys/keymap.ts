/** What a key does at the switchboard. */
export type Command =
  | "answer_next" | "answer" | "release" | "hold" | "park" | "transfer" | "consult" | "confer" | "pull"
  | "mute" | "search" | "back" | "help" | "dtmf" | "ready" | "past"
  | { loop: number } | { touch: string } | { type: string };

/** One line of the key map; `text` is its word in the texts (desk.command.<text>). */
export interface KeyLine {
  keys: string[];
  text: string;
}

/** The printable key map, in the order of a call. */
export const keyLines: KeyLine[] = [
  { keys: ["F2"], text: "answer_next" },
  { keys: ["F3"], text: "answer" },
  { keys: ["F4"], text: "release" },
  { keys: ["F6"], text: "hold" },
  { keys: ["Shift+F6"], text: "park" },
  { keys: ["F7"], text: "transfer" },
  { keys: ["F8"], text: "consult" },
  { keys: ["F9"], text: "confer" },
  { keys: ["F10"], text: "pull" },
  { keys: ["Space"], text: "mute" },
  { keys: ["Alt+P"], text: "dtmf" },
  { keys: ["1", "…", "6"], text: "loop" },
  { keys: ["/", "A … Z", "7 8 9 0", "Num 0 … 9"], text: "search" },
  { keys: ["↑", "↓", "Enter"], text: "enter" },
  { keys: ["Ctrl+Enter"], text: "ctrl_enter" },
  { keys: ["Alt+1", "…", "Alt+0"], text: "touch" },
  { keys: ["Alt+R"], text: "ready" },
  { keys: ["Alt+L"], text: "past" },
  { keys: ["Esc"], text: "back" },
  { keys: ["?"], text: "help" },
];

/** What of a key press the map looks at. */
export interface Press {
  key: string;
  code: string;
  shift: boolean;
  ctrl: boolean;
  alt: boolean;
  meta: boolean;
  /** The press goes into a text field: only keys that write nothing count. */
  writing: boolean;
  /** The focus is on a button or link, which Space and Enter press. */
  pressing: boolean;
}

const functionKeys: Record<string, Command> = {
  F2: "answer_next", F3: "answer", F4: "release", F6: "hold", F7: "transfer", F8: "consult", F9: "confer", F10: "pull",
};

/** The command of a key press; undefined leaves it to the browser. */
export function commandOf(press: Press): Command | undefined {
  if (press.meta) return undefined;
  const plain = !press.ctrl && !press.alt;
  if (press.key in functionKeys && plain) return press.key === "F6" && press.shift ? "park" : press.shift ? undefined : functionKeys[press.key];
  if (press.key === "Escape") return "back";
  if (press.alt && !press.ctrl && !press.shift) return altCommand(press.code);
  if (press.writing || !plain) return undefined;
  return letterCommand(press);
}

function altCommand(code: string): Command | undefined {
  const digit = /^Digit(\d)$/.exec(code)?.[1];
  if (digit) return { touch: digit };
  return ({ KeyP: "dtmf", KeyR: "ready", KeyL: "past" } as Record<string, Command>)[code];
}

function letterCommand(press: Press): Command | undefined {
  if (press.key === " ") return press.pressing ? undefined : "mute";
  if (press.key === "?") return "help";
  if (press.key === "/" && !press.code.startsWith("Numpad")) return "search";
  // The number pad dials; the upper row picks loops.
  if (/^[1-6]$/.test(press.key) && press.code.startsWith("Digit")) return { loop: Number(press.key) };
  if (/^[\p{L}\p{N}*#+]$/u.test(press.key)) return { type: press.key };
  return undefined;
}
