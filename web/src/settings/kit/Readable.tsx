import { ConfigProvider } from "antd";
import type { ReactNode } from "react";

import { useLook } from "../../app/look";

/** Forms and tables are read for longer than the desk's buttons: their text is as large as the page's own. The compact look takes two pixels off. */
export function Readable({ children }: { children: ReactNode }) {
  const fontSize = useLook() === "contrast" ? 16 : 15;
  return <ConfigProvider theme={{ token: { fontSize } }}>{children}</ConfigProvider>;
}
