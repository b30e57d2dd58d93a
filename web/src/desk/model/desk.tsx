import { createContext, type ReactNode, useContext, useEffect, useMemo, useRef, useState } from "react";

import type { Seat } from "../../api/seat";
import { useStore } from "../../app/store";
import { useEntry, useTopic } from "../../feed/use";
import { usePhone } from "../../phone/use";
import { useSession } from "../../session/session";
import { handedCalls } from "./handed";
import { type Loop, loopsOf, rings, speaks } from "./loop";
import { screen } from "./screen";
import { assignSlots, keepSelection } from "./slots";

/** The operator's own place at the desk, as the lanes, the keys and the actions see it. */
export interface DeskView {
  account: string;
  seat?: Seat;
  /** All my calls. */
  loops: Loop[];
  /** My calls on the six loops. */
  slots: (Loop | undefined)[];
  selected?: Loop;
}

const Desk = createContext<DeskView>({ account: "", loops: [], slots: [] });

export function useDesk(): DeskView {
  return useContext(Desk);
}

/** Works out my calls from the feed and the soft phone, once for the whole page. */
export function DeskProvider({ children }: { children: ReactNode }) {
  const account = useSession()?.account.id ?? "";
  const seat = useEntry("seats", account);
  const calls = useTopic("calls");
  const { calls: sessions } = usePhone();
  const chosen = useStore(screen, (each) => each.selected);
  const before = useRef<(string | undefined)[]>([]);
  const [ids, setIds] = useState<(string | undefined)[]>([]);

  const loops = useMemo(
    () => loopsOf(calls, seat?.extension ?? "", sessions, handedCalls()),
    [calls, seat?.extension, sessions],
  );
  useEffect(() => {
    const next = assignSlots(before.current, loops.map((loop) => loop.call.id));
    if (next.every((id, i) => id === before.current[i]) && before.current.length > 0) return;
    before.current = next;
    setIds(next);
  }, [loops]);

  const view = useMemo(() => {
    const slots = ids.map((id) => loops.find((loop) => loop.call.id === id));
    const selected = keepSelection(chosen, ids, (loops.find(speaks) ?? loops.find(rings))?.call.id);
    return { account, seat, loops, slots, selected: loops.find((loop) => loop.call.id === selected) };
  }, [account, seat, loops, ids, chosen]);
  return <Desk value={view}>{children}</Desk>;
}
