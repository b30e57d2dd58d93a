import { sessions } from "../api/session";
import { setSession } from "./session";

/** Ends the login; what the controller no longer knows counts as ended. */
export async function logOut(): Promise<void> {
  await sessions.logOut().catch(() => undefined);
  sessionStorage.clear();
  setSession(null);
}
