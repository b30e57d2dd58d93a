import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";

import { Shell } from "../app/Shell";
import { useStore } from "../app/store";
import { ActionBar } from "./actions/ActionBar";
import { ActionsProvider } from "./actions/use";
import { Announcer } from "./Announcer";
import "./desk.css";
import { Directory } from "./directory/Directory";
import { DragLabel } from "./drag/DragLabel";
import { GuestPanel } from "./guest/GuestPanel";
import { Keyboard } from "./keys/Keyboard";
import { Loops } from "./loops/Loops";
import { DeskProvider } from "./model/desk";
import { screen } from "./model/screen";
import { ParkedLane } from "./parked/ParkedLane";
import { QueueLane } from "./queue/QueueLane";
import { SeatBar } from "./seat/SeatBar";
import { OneTouchBar } from "./touch/OneTouchBar";

const loadDialogs = () => import("./Dialogs");
const Dialogs = lazy(loadDialogs);

/** The switchboard: one screen, four lanes and the guest card, nothing to scroll to. */
export function DeskPage() {
  const { t } = useTranslation();
  return (
    <DeskProvider>
      <ActionsProvider>
        <Shell bar={<SeatBar />}>
          <h1 className="hidden">{t("app.desk")}</h1>
          <div className="desk">
            <div className="desk-left"><QueueLane /><ParkedLane /></div>
            <div className="desk-mine"><Loops /><ActionBar /><OneTouchBar /></div>
            <Directory />
            <GuestPanel />
          </div>
        </Shell>
        <Keyboard />
        <Announcer />
        <DragLabel />
        <OpenDialog />
      </ActionsProvider>
    </DeskProvider>
  );
}

/** Dialogs come on demand: the first load is for the calls. */
function OpenDialog() {
  const dialog = useStore(screen, (each) => each.dialog);
  useEffect(() => {
    // Fetched when the page has come to rest, so that who parks and types at once loses no letter.
    const timer = setTimeout(() => void loadDialogs(), 1000);
    return () => clearTimeout(timer);
  }, []);
  if (!dialog) return null;
  return <Suspense><Dialogs dialog={dialog} onClose={() => screen.set({ dialog: undefined })} /></Suspense>;
}
