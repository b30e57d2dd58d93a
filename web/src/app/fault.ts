import { App } from "antd";
import type { FormInstance } from "antd";
import i18next from "i18next";
import { useCallback } from "react";

import { ApiError } from "../api/problem";

/** A failure in the reader's language, with the controller's own words behind it. */
export function faultText(problem: unknown): string {
  if (!(problem instanceof ApiError)) return problem instanceof Error ? problem.message : String(problem);
  const main = i18next.t(`fault.${problem.code}`);
  const parts = [problem.detail ? `${main}: ${problem.detail}` : main];
  if (problem.retryAfter > 0) parts.push(i18next.t("fault.retryAfter", { seconds: problem.retryAfter }));
  return parts.join(" · ");
}

/** Shows a failed action as a message that is read aloud. */
export function useTellFault(): (problem: unknown) => void {
  const { message } = App.useApp();
  return useCallback((problem: unknown) => void message.error(faultText(problem), 6), [message]);
}

/**
 * Puts a failure at the form field that it names; false when it names none of the form's,
 * so that the caller shows it elsewhere. Field paths "members.0" reach nested fields.
 */
export function faultAtField(form: FormInstance, problem: unknown): boolean {
  if (!(problem instanceof ApiError) || !problem.field) return false;
  const path = problem.field.split(".").map((part) => (/^\d+$/.test(part) ? Number(part) : part));
  const known = form.getFieldsError().map((each) => each.name.join("."));
  const name = known.includes(problem.field) ? path : path.slice(0, 1);
  if (!known.includes(name.join("."))) return false;
  form.setFields([{ name, errors: [problem.detail || faultText(problem)] }]);
  form.scrollToField(name, { focus: true });
  return true;
}
