import type { DragEvent } from "react";

import { createStore } from "../../app/store";
import { screen } from "../model/screen";

/** What the pointer would do if it let go now. */
export const dropHint = createStore<{ text: string; x: number; y: number }>({ text: "", x: 0, y: 0 });

/** Begins to drag a call. */
export function beginDrag(event: DragEvent, call: string): void {
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", call);
  screen.set({ dragged: call, selected: call });
  const end = () => {
    dropHint.set({ text: "" });
    screen.set({ dragged: undefined });
  };
  event.currentTarget.addEventListener("dragend", end, { once: true });
}

export interface Target {
  /** The call that is the target; it cannot be dropped on itself. */
  call?: string;
  /** What dropping here will do, in words; empty: nothing. */
  text: (event: DragEvent) => string;
}

/** The handlers that make an element a place to drop a call on. */
export function dropOf(target: Target, drop: (call: string, event: DragEvent) => void) {
  const wanted = () => {
    const { dragged } = screen.get();
    return dragged && dragged !== target.call ? dragged : undefined;
  };
  return {
    onDragOver(event: DragEvent) {
      const text = wanted() ? target.text(event) : "";
      dropHint.set({ text, x: event.clientX, y: event.clientY });
      if (text) event.preventDefault();
    },
    onDragLeave: () => dropHint.set({ text: "" }),
    onDrop(event: DragEvent) {
      event.preventDefault();
      const call = wanted();
      dropHint.set({ text: "" });
      if (call) drop(call, event);
    },
  };
}
