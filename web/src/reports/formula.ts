import type { TFunction } from "i18next";

import type { Target } from "../api/queue";

/** The service level formulas of the controller; A answered, B abandoned, F overflowed, T the target's time, s short. */
export const formulas = ["at/(a+b-s)", "at/(a+b)", "at/(a+b+f)", "at/(a+bt)", "at/a", "(at+b-bt)/(a+b)"] as const;

/** A formula in the reader's words, with the target's own seconds in it; an unknown one is shown as it is. */
export function formulaText(t: TFunction, target: Pick<Target, "formula" | "within_seconds" | "short_seconds">): string {
  const index = (formulas as readonly string[]).indexOf(target.formula || formulas[0]);
  if (index < 0) return target.formula;
  return t(`formula.${index}`, { within: target.within_seconds, short: target.short_seconds });
}
