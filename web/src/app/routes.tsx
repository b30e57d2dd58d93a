import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Outlet, type RouteComponent } from "@tanstack/react-router";

import type { Permission } from "../api/session";
import { DeskPage } from "../desk/DeskPage";
import { knownSession } from "../session/session";
import { NoRight, NotFound, Crashed } from "./Dead";
import { Waiting } from "./Waiting";

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFound });

/** Shows a page only to who may use it; the controller checks again. */
function allowed(needs: Permission[], Page: RouteComponent): RouteComponent {
  return function Allowed() {
    const mine = knownSession()?.permissions ?? [];
    return needs.some((right) => mine.includes(right)) ? <Page /> : <NoRight />;
  };
}

const desk = createRoute({ getParentRoute: () => root, path: "/", component: allowed(["desk.work"], DeskPage) });

const keys = createRoute({
  getParentRoute: () => root,
  path: "/keys",
  component: lazyRouteComponent(() => import("../desk/keys/KeysPage"), "KeysPage"),
});

const supervisor = createRoute({
  getParentRoute: () => root,
  path: "/supervisor",
  component: allowed(["desk.watch"], lazyRouteComponent(() => import("../supervisor/page"))),
});

const reports = createRoute({
  getParentRoute: () => root,
  path: "/reports",
  // Filters live in the address, so that a report can be shared: see useSearch in web/README.md.
  validateSearch: (search: Record<string, unknown>) => search,
  component: allowed(["reports.read"], lazyRouteComponent(() => import("../reports/page"))),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(() => import("../settings/page")),
});

// The settings page picks its section by the rest of the path.
const section = createRoute({
  getParentRoute: () => root,
  path: "/settings/$section",
  component: lazyRouteComponent(() => import("../settings/page")),
});

export const router = createRouter({
  routeTree: root.addChildren([desk, keys, supervisor, reports, settings, section]),
  defaultPendingComponent: Waiting,
  defaultErrorComponent: (failure) => <Crashed error={failure.error} />,
  defaultPreload: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
