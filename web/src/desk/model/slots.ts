/** How many loops the console has. */
export const loopCount = 6;

/** Gives each call a loop and lets it stay there while it lives: the operator's hand remembers. Calls beyond the last loop wait outside. */
export function assignSlots(before: readonly (string | undefined)[], ids: readonly string[]): (string | undefined)[] {
  const stays = (i: number) => ids.includes(before[i] ?? "") && before.indexOf(before[i]) === i;
  const slots = Array.from({ length: loopCount }, (_, i) => (stays(i) ? before[i] : undefined));
  for (const id of ids) {
    if (slots.includes(id)) continue;
    const free = slots.indexOf(undefined);
    if (free < 0) break;
    slots[free] = id;
  }
  return slots;
}

/** Which call stays or becomes selected: the chosen one while it lives, else one that speaks, else the first. */
export function keepSelection(chosen: string | undefined, slots: readonly (string | undefined)[], preferred: string | undefined): string | undefined {
  if (chosen && slots.includes(chosen)) return chosen;
  if (preferred && slots.includes(preferred)) return preferred;
  return slots.find((id) => id !== undefined);
}
