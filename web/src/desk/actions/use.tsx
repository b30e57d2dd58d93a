import { App } from "antd";
import { createContext, type ReactNode, useContext, useLayoutEffect, useMemo, useRef } from "react";
import { useTranslation } from "react-i18next";

import { useTellFault } from "../../app/fault";
import { feed } from "../../feed/use";
import { useDesk } from "../model/desk";
import { Actions } from "./actions";

const Context = createContext<Actions | undefined>(undefined);

/** Gives the page its actions; they stay the same object, so that a thousand tiles need not render anew. */
export function ActionsProvider({ children }: { children: ReactNode }) {
  const { t } = useTranslation();
  const { message } = App.useApp();
  const tell = useTellFault();
  const view = useDesk();
  const now = useRef(view);
  useLayoutEffect(() => {
    now.current = view;
  }, [view]);
  const actions = useMemo(
    () => new Actions({ view: () => now.current, parked: () => feed.table("parked").all(), tell, say: (text) => void message.info(text, 2), t }),
    [tell, message, t],
  );
  return <Context value={actions}>{children}</Context>;
}

export function useActions(): Actions {
  const actions = useContext(Context);
  if (!actions) throw new Error("useActions outside ActionsProvider");
  return actions;
}
