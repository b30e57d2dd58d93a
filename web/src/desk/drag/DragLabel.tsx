import { useStore } from "../../app/store";
import { dropHint } from "./drag";

/** Tells next to the pointer what dropping will do. */
export function DragLabel() {
  const { text, x, y } = useStore(dropHint, (each) => each);
  if (!text) return null;
  const left = Math.min(x + 16, window.innerWidth - 280);
  return <div className="drag-label" role="status" style={{ left, top: y + 18 }}>{text}</div>;
}
