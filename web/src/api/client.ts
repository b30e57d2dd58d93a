import { ApiError, problemOf } from "./problem";

/** What a query string may hold; undefined and "" are left out. */
export type Query = Record<string, string | number | boolean | undefined>;

const base = "/api/v1";

// The session writes these; they live here so that the client imports nobody.
let csrf = "";
let onUnauthorized: () => void = () => undefined;

/** Sets the token that proves to the controller that a change comes from this page. */
export function setCsrf(token: string): void {
  csrf = token;
}

/** Sets what happens when the controller no longer knows our login. */
export function setOnUnauthorized(react: () => void): void {
  onUnauthorized = react;
}

/** The address of an API path, e.g. for a download link. */
export function address(path: string, query: Query = {}): string {
  const parts = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== "") parts.set(key, String(value));
  }
  const search = parts.toString();
  return base + path + (search ? `?${search}` : "");
}

/** One path segment, escaped: api.get(`/extensions/${segment(number)}`). */
export const segment = encodeURIComponent;

async function send<T>(method: string, path: string, body?: unknown, query?: Query, signal?: AbortSignal): Promise<T> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (method !== "GET" && csrf) headers["X-CSRF-Token"] = csrf;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer: Response;
  try {
    answer = await fetch(address(path, query), {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      credentials: "same-origin",
      signal,
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw new ApiError("network", 0, "");
  }
  if (!answer.ok) {
    const problem = await problemOf(answer);
    // A wrong password at /session is an answer to a form, not a lost login.
    if (problem.status === 401 && !path.startsWith("/session")) onUnauthorized();
    throw problem;
  }
  if (answer.status === 204) return undefined as T;
  const text = await answer.text();
  return (text ? JSON.parse(text) : undefined) as T;
}

/** Requests to the controller. Every failure is an ApiError. */
export const api = {
  get: <T>(path: string, query?: Query, signal?: AbortSignal) => send<T>("GET", path, undefined, query, signal),
  post: <T = void>(path: string, body?: unknown) => send<T>("POST", path, body),
  put: <T = void>(path: string, body?: unknown) => send<T>("PUT", path, body),
  delete: <T = void>(path: string, body?: unknown) => send<T>("DELETE", path, body),
};
