/** The closed set of error codes of the controller, and "network" for no answer at all. */
export type ProblemCode =
  | "invalid"
  | "unauthorized"
  | "forbidden"
  | "not_found"
  | "conflict"
  | "too_many"
  | "unavailable"
  | "internal"
  | "network";

/** A failed request: what the controller said (application/problem+json), typed. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  constructor(
    readonly code: ProblemCode,
    readonly status: number,
    /** For people, in English; empty when the controller gave none. */
    readonly detail: string,
    /** The input field it concerns, e.g. "extension"; empty when none. */
    readonly field = "",
    readonly requestId = "",
    /** Seconds to wait before another try (429, 503). */
    readonly retryAfter = 0,
  ) {
    super(detail || `${code} ${status}`);
  }
}

/** Reads a failed answer; a body that is no problem document still gives an ApiError. */
export async function problemOf(answer: Response): Promise<ApiError> {
  const retry = Number(answer.headers.get("Retry-After")) || 0;
  let body: Record<string, unknown> = {};
  try {
    const parsed: unknown = await answer.json();
    if (parsed && typeof parsed === "object") body = parsed as Record<string, unknown>;
  } catch {
    // A proxy's HTML page: the status alone must do.
  }
  const text = (key: string) => (typeof body[key] === "string" ? (body[key] as string) : "");
  const code = (text("code") || codeOf(answer.status)) as ProblemCode;
  return new ApiError(code, answer.status, text("detail") || text("title"), text("field"), text("request_id"), retry);
}

function codeOf(status: number): ProblemCode {
  switch (status) {
    case 401:
      return "unauthorized";
    case 403:
      return "forbidden";
    case 404:
      return "not_found";
    case 409:
      return "conflict";
    case 429:
      return "too_many";
    case 502:
    case 503:
    case 504:
      return "unavailable";
    default:
      return status < 500 ? "invalid" : "internal";
  }
}
