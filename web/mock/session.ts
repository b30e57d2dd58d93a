import type { Session } from "../src/api/session";
import type { Route } from "./routes";

const session: Session = {
  account: { id: "acc-lin", login: "lin", name: "林晓雯", roles: ["operator", "supervisor"], extension: "8001", totp: false },
  permissions: [
    "hotel.read", "hotel.write", "stays.write", "lines.read", "lines.write", "calls.read", "calls.end", "desk.work", "desk.barge",
    "desk.listen", "desk.intervene", "desk.force", "desk.watch", "queues.write", "reports.read", "accounts.read", "accounts.write",
    "tokens.write", "audit.read", "feed.read",
  ],
  csrf: "mock",
  must_change: false,
  idle_seconds: 1800,
  ends: new Date(Date.now() + 8 * 3600e3).toISOString(),
};
let loggedIn = true;
let mustChange = false;

/** login "totp" asks for a code, "new" must change the password, password "wrong" is refused. */
export const sessionRoutes: Route[] = [
  ["GET", /^\/session$/, () => (loggedIn ? { body: { ...session, must_change: mustChange } } : refused())],
  ["POST", /^\/session$/, (_, body) => {
    if (body.password === "wrong") return refused();
    if (body.login === "totp" && !body.code) return refused("code");
    loggedIn = true;
    mustChange = body.login === "new";
    return { body: { ...session, must_change: mustChange } };
  }],
  ["DELETE", /^\/session$/, () => { loggedIn = false; return {}; }],
  ["PUT", /^\/session\/password$/, (_, body) => {
    if (String(body.new).length < 10) return { problem: { status: 400, code: "invalid", field: "new", detail: "must have at least 10 characters" } };
    mustChange = false;
    return {};
  }],
  ["POST", /^\/session\/totp$/, () => ({ body: { secret: "JBSWY3DPEHPK3PXP", url: "otpauth://totp/Bellhop:lin?secret=JBSWY3DPEHPK3PXP&issuer=Bellhop" } })],
  ["PUT", /^\/session\/totp$/, () => ({})],
  ["DELETE", /^\/session\/totp$/, () => ({})],
];

function refused(field?: string) {
  return { problem: { status: 401, code: "unauthorized", field } };
}
