import { type ReactNode, useMemo, useState } from "react";

import type { Seat } from "../../api/seat";
import { Readable } from "../../settings/kit/Readable";
import type { Deed } from "./deed";
import { ReasonDialog } from "./ReasonDialog";
import { DeedsContext, useActs } from "./use";

/** Gives the page its deeds and the one dialog that asks why. */
export function DeedsProvider({ children }: { children: ReactNode }) {
  const acts = useActs();
  const [asked, setAsked] = useState<{ deed: Deed; seat: Seat }>();
  const deeds = useMemo(() => ({ ...acts, ask: (deed: Deed, seat: Seat) => setAsked({ deed, seat }) }), [acts]);
  return (
    <DeedsContext value={deeds}>
      {children}
      {asked && <Readable><ReasonDialog deed={asked.deed} seat={asked.seat} onClose={() => setAsked(undefined)} /></Readable>}
    </DeedsContext>
  );
}
