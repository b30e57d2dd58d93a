import { describe, expect, it } from "vitest";

import { commandOf, type Press } from "./keymap";

const press = (key: string, part: Partial<Press> = {}): Press => ({ key, code: "", shift: false, ctrl: false, alt: false, meta: false, writing: false, pressing: false, ...part });

describe("commandOf", () => {
  it.each([
    ["F2", press("F2"), "answer_next"],
    ["F4 even while writing", press("F4", { writing: true }), "release"],
    ["F6 holds", press("F6"), "hold"],
    ["Shift+F6 parks", press("F6", { shift: true }), "park"],
    ["Ctrl+F4 is the browser's", press("F4", { ctrl: true }), undefined],
    ["Alt+F4 is the system's", press("F4", { alt: true }), undefined],
    ["F5 reloads", press("F5"), undefined],
    ["Space mutes", press(" ", { code: "Space" }), "mute"],
    ["Space on a button presses it", press(" ", { pressing: true }), undefined],
    ["Space in a field writes", press(" ", { writing: true }), undefined],
    ["upper row 3 picks a loop", press("3", { code: "Digit3" }), { loop: 3 }],
    ["number pad 3 dials", press("3", { code: "Numpad3" }), { type: "3" }],
    ["8 dials", press("8", { code: "Digit8" }), { type: "8" }],
    ["a letter searches", press("w", { code: "KeyW" }), { type: "w" }],
    ["a Chinese character searches", press("王"), { type: "王" }],
    ["a letter in a field writes", press("w", { writing: true }), undefined],
    ["Ctrl+C copies", press("c", { ctrl: true }), undefined],
    ["Alt+1 is one-touch", press("¡", { alt: true, code: "Digit1" }), { touch: "1" }],
    ["Esc goes back even while writing", press("Escape", { writing: true }), "back"],
    ["? helps", press("?", { shift: true }), "help"],
    ["/ searches", press("/", { code: "Slash" }), "search"],
    ["Enter is left alone", press("Enter"), undefined],
    ["Tab is left alone", press("Tab"), undefined],
    ["Meta is the system's", press("1", { meta: true, code: "Digit1" }), undefined],
  ] as const)("%s", (_, given, want) => expect(commandOf(given)).toEqual(want));
});
