import { DeviceDialog } from "../phone/DeviceDialog";
import { HelpDialog } from "./keys/HelpDialog";
import { KeypadDialog } from "./loops/KeypadDialog";
import type { Screen } from "./model/screen";
import { ParkDialog } from "./parked/ParkDialog";
import { PastDrawer } from "./past/PastDrawer";
import { OneTouchDialog } from "./touch/OneTouchDialog";

export default function Dialogs({ dialog, onClose }: { dialog: NonNullable<Screen["dialog"]>; onClose: () => void }) {
  switch (dialog) {
    case "park":
      return <ParkDialog onClose={onClose} />;
    case "dtmf":
      return <KeypadDialog onClose={onClose} />;
    case "help":
      return <HelpDialog onClose={onClose} />;
    case "touch":
      return <OneTouchDialog onClose={onClose} />;
    case "devices":
      return <DeviceDialog onClose={onClose} />;
    case "past":
      return <PastDrawer onClose={onClose} />;
  }
}
