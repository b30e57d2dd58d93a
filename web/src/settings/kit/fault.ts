import type { FormInstance } from "antd";

import { ApiError } from "../../api/problem";
import { faultAtField, faultText } from "../../app/fault";

/**
 * Shows a refusal at the input that it names and returns ""; else returns what to show above the form.
 * The controller may name a part ("target.within") of what the form calls "target.within_seconds".
 */
export function placeFault(form: FormInstance, problem: unknown): string {
  if (faultAtField(form, problem)) return "";
  const field = problem instanceof ApiError ? problem.field : "";
  const near = field ? nearest(field, form.getFieldsError().map((each) => each.name)) : undefined;
  if (!near) return field ? `${faultText(problem)} (${field})` : faultText(problem);
  form.setFields([{ name: near, errors: [(problem as ApiError).detail || faultText(problem)] }]);
  form.scrollToField(near, { focus: true, block: "center" });
  return "";
}

/** The first known path that begins with the named field. */
export function nearest(field: string, known: (string | number)[][]): (string | number)[] | undefined {
  return known.find((path) => path.join(".").startsWith(field)) ?? known.find((path) => path[0] === field.split(".")[0]);
}
