import { useVirtualizer } from "@tanstack/react-virtual";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Extension } from "../../api/extension";
import { feed, useComputed } from "../../feed/use";
import { useActions } from "../actions/use";
import { dropOf } from "../drag/drag";
import { useChosen } from "./favourites";
import { type WallFilter, wallNumbers } from "./filter";
import { Tile } from "./Tile";
import { TileMenu } from "./TileMenu";
import { WallFilters } from "./WallFilters";

const rowHeight = 44;
const tileWidth = 92;

/** All phones of the house as tiles. Only those in sight exist, and each redraws alone. */
export function Wall() {
  const { t } = useTranslation();
  const actions = useActions();
  const [filter, setFilter] = useState<WallFilter>({ which: "all", place: "" });
  const [active, setActive] = useState(0);
  const [menu, setMenu] = useState<{ number: string; at: DOMRect }>();
  const chosen = useChosen();
  const compute = useCallback((all: readonly Extension[]) => wallNumbers(all, filter, chosen), [filter, chosen]);
  const numbers = useComputed("extensions", compute, sameList);
  const box = useRef<HTMLDivElement>(null);
  const columns = useColumns(box);
  const rows = useVirtualizer({ count: Math.ceil(numbers.length / columns), getScrollElement: () => box.current, estimateSize: () => rowHeight, overscan: 4 });

  const keyDown = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(numbers.length - 1, active + step));
    setActive(next);
    const tile = () => box.current?.querySelector<HTMLElement>(`[data-index="${next}"]`);
    tile()?.focus();
    rows.scrollToIndex(Math.floor(next / columns));
    requestAnimationFrame(() => tile()?.focus()); // it may exist only now
  };
  const numberAt = (target: EventTarget) => (target as HTMLElement).closest<HTMLElement>("[data-number]")?.dataset.number ?? "";
  const drop = dropOf({ text: (event) => dropText(numberAt(event.target), t) }, (call, event) => {
    const number = numberAt(event.target);
    if (number) void actions.transfer(call, number);
  });
  return (
    <>
      <WallFilters filter={filter} onChange={(next) => { setFilter(next); setActive(0); }} count={numbers.length} />
      <div ref={box} className="wall" role="group" aria-label={t("desk.wall.title")} onKeyDown={keyDown} {...drop}>
        {numbers.length === 0 && <p className="nothing">{t(filter.which === "chosen" ? "desk.wall.chooseHint" : "desk.wall.empty")}</p>}
        <div style={{ height: rows.getTotalSize(), position: "relative" }}>
          {rows.getVirtualItems().map((row) => (
            <div key={row.key} className="wall-row" style={{ transform: `translateY(${row.start}px)`, gridTemplateColumns: `repeat(${columns}, 1fr)` }}>
              {numbers.slice(row.index * columns, (row.index + 1) * columns).map((number, i) => {
                const index = row.index * columns + i;
                return <Tile key={number} number={number} index={index} focusable={index === active} onOpen={(at) => { setActive(index); setMenu({ number, at }); }} />;
              })}
            </div>
          ))}
        </div>
      </div>
      {menu && <TileMenu number={menu.number} at={menu.at} onClose={() => setMenu(undefined)} />}
    </>
  );
}

/** "Transfer to 1208 (talking)": the tip that follows the pointer. */
function dropText(number: string, t: (key: string, values?: Record<string, string>) => string): string {
  const extension = feed.table("extensions").get(number);
  return extension ? t("desk.drop.transfer", { number, state: t(`extension.${extension.state}`) }) : "";
}

const sameList = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((each, i) => each === b[i]);

/** How many tiles fit beside each other. */
function useColumns(box: React.RefObject<HTMLDivElement | null>): number {
  const [columns, setColumns] = useState(5);
  useEffect(() => {
    if (!box.current) return;
    const observer = new ResizeObserver(([entry]) => setColumns(Math.max(1, Math.floor((entry?.contentRect.width ?? 460) / tileWidth))));
    observer.observe(box.current);
    return () => observer.disconnect();
  }, [box]);
  return columns;
}
