import { deskRoutes } from "./desk";
import { officeRoutes } from "./office";
import { reportRoutes } from "./reports";
import { sessionRoutes } from "./session";
import { teamRoutes } from "./team";

/** What a mocked request is answered with: a body, nothing (204) or a problem. */
export interface Answer {
  status?: number;
  body?: unknown;
  problem?: { status: number; code: string; detail?: string; field?: string };
}

/** One mocked operation; the path's groups come first. */
export type Route = [method: string, path: RegExp, act: (groups: string[], body: Record<string, unknown>, query: URLSearchParams) => Answer];

// Other pages add the routes of their own file here.
const routes: Route[] = [...sessionRoutes, ...deskRoutes, ...teamRoutes, ...officeRoutes, ...reportRoutes];

export function answer(method: string, path: string, body: Record<string, unknown>, query: URLSearchParams): Answer {
  for (const [verb, pattern, act] of routes) {
    const match = verb === method ? pattern.exec(path) : null;
    if (match) return act(match.slice(1).map(decodeURIComponent), body, query);
  }
  return { problem: { status: 404, code: "not_found", detail: `mock: no ${method} ${path}` } };
}
