import { type ReactNode, useEffect } from "react";

import { keepOpen } from "../feed/socket";
import { feed } from "../feed/use";
import { PhoneKeeper } from "../phone/PhoneKeeper";
import { usePresence } from "../session/presence";
import { refreshSession } from "../session/session";
import { StaleCover } from "./StaleCover";

/** Keeps the live feed and the soft phone open while somebody is logged in, and covers the page when it is stale. */
export function Live({ children }: { children: ReactNode }) {
  useEffect(() => keepOpen(feed, () => void refreshSession()), []);
  usePresence();
  return (
    <>
      {children}
      <PhoneKeeper />
      <StaleCover />
    </>
  );
}
