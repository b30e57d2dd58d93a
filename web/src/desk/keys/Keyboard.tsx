import { useEffect } from "react";

import type { Actions } from "../actions/actions";
import { useActions } from "../actions/use";
import { type DeskView, useDesk } from "../model/desk";
import { endSearch, screen } from "../model/screen";
import { useSeatActions } from "../seat/use";
import { useOneTouch } from "../touch/keys";
import { pressTouch } from "../touch/press";
import { type Command, commandOf, type Press } from "./keymap";

/** Makes the whole page listen to the key map. */
export function Keyboard() {
  const actions = useActions();
  const view = useDesk();
  const seat = useSeatActions();
  const touch = useOneTouch();
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      if (event.isComposing || event.repeat || event.defaultPrevented) return;
      const command = commandOf(pressOf(event));
      const dialog = screen.get().dialog;
      // An open dialog has its own keys; calls stay reachable by the function keys.
      if (!command || (dialog && !/^F\d/.test(event.key))) return;
      if (run(command, actions, view, { touch, toggleReady: () => void (view.seat?.state === "ready" ? seat.pause("") : seat.ready()) })) event.preventDefault();
    };
    window.addEventListener("keydown", pressed);
    return () => window.removeEventListener("keydown", pressed);
  }, [actions, view, seat, touch]);
  useEffect(() => {
    window.addEventListener("click", letGo);
    return () => window.removeEventListener("click", letGo);
  }, []);
  return null;
}

/** A button clicked with the mouse gives the focus back: Space shall mute, not press it again. */
function letGo(event: MouseEvent): void {
  const clicked = event.target instanceof HTMLElement && event.target.closest<HTMLElement>(".desk button, .bar button");
  if (clicked && event.detail > 0 && clicked === document.activeElement) clicked.blur();
}

function pressOf(event: KeyboardEvent): Press {
  const at = event.target instanceof HTMLElement ? event.target : document.body;
  const { key, code, shiftKey, ctrlKey, altKey, metaKey } = event;
  return {
    key, code, shift: shiftKey, ctrl: ctrlKey, alt: altKey, meta: metaKey,
    writing: at.isContentEditable || at.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"),
    pressing: at.matches("button, a, input, [role=option], [role=menuitem]"),
  };
}

interface Others {
  touch: Parameters<typeof pressTouch>[0][];
  toggleReady: () => void;
}

/** Runs a command; false leaves the key to the browser. */
function run(command: Command, actions: Actions, view: DeskView, { touch, toggleReady }: Others): boolean {
  if (typeof command === "object") {
    if ("loop" in command) return select(view.slots[command.loop - 1]?.call.id);
    if ("touch" in command) {
      const key = touch.find((each) => each.key === command.touch);
      if (key) pressTouch(key, view.selected, actions);
      return true;
    }
    // The first character opens the field; it writes itself there, so that Chinese input methods work.
    focusSearch();
    return false;
  }
  switch (command) {
    case "answer_next": void actions.answerNext(); return true;
    case "answer": void actions.answer(view.selected); return true;
    case "release": void actions.release(); return true;
    case "hold": void actions.hold(); return true;
    case "park": if (view.selected) screen.set({ dialog: "park" }); return true;
    case "transfer": actions.seek("transfer"); return true;
    case "consult": void actions.consultOrHand(); return true;
    case "confer": void actions.confer(); return true;
    case "pull": void actions.pullOldest(); return true;
    case "mute": actions.mute(); return true;
    case "search": focusSearch(); return true;
    case "dtmf": if (view.selected) screen.set({ dialog: "dtmf" }); return true;
    case "help": screen.set({ dialog: "help" }); return true;
    case "past": screen.set({ dialog: "past" }); return true;
    case "ready": toggleReady(); return true;
    case "back": return back();
  }
}

function select(call: string | undefined): boolean {
  if (call) screen.set({ selected: call, looked: call });
  return true;
}

function focusSearch(): void {
  document.getElementById("desk-search")?.focus();
}

/** Esc leaves the search first; open menus and dialogs close themselves. */
function back(): boolean {
  const { query, purpose } = screen.get();
  const active = document.activeElement as HTMLElement | null;
  if (!query && purpose === "dial" && active?.id !== "desk-search") return false;
  endSearch();
  active?.blur();
  return true;
}
