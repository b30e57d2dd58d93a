import { AudioMutedOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import { clockText, useSecondsSince } from "../../app/clock";
import { QualityChip } from "../../phone/QualityChip";
import { beginDrag, dropOf } from "../drag/drag";
import { useActions } from "../actions/use";
import { handedTo } from "../model/handed";
import { counterpart, type Loop, rings } from "../model/loop";
import { screen } from "../model/screen";
import { Parties } from "./Parties";

/** One of my calls: state in word and colour, who, how long, how it sounds. It can be dragged, and others dropped on it. */
export function LoopRow({ slot, loop, chosen }: { slot: number; loop: Loop; chosen: boolean }) {
  const { t } = useTranslation();
  const actions = useActions();
  const seconds = useSecondsSince(loop.since);
  const who = counterpart(loop);
  const id = loop.call.id;
  const name = who.name || (who.room ? t("desk.room", { room: who.room }) : who.number);
  return (
    <li
      className={`loop ${loop.state}${chosen ? " chosen" : ""}`}
      draggable={!rings(loop)}
      onDragStart={(event) => beginDrag(event, id)}
      {...dropOf({ call: id, text: () => t("desk.drop.join", { name }) }, (dragged) => void actions.join(id, dragged))}
    >
      <button
        type="button"
        className="loop-main"
        aria-pressed={chosen}
        aria-keyshortcuts={String(slot)}
        data-testid={`loop-${slot}`}
        onClick={() => screen.set({ selected: id, looked: id })}
        onDoubleClick={() => void (rings(loop) ? actions.answer(loop) : actions.hold(loop))}
      >
        <span className="loop-slot">{slot}</span>
        <span className="loop-state">{t(`desk.loop.${loop.state}`)}</span>
        <span className="loop-who">
          <strong>{name}</strong>
          <small>{under(loop, who.room && who.name ? t("desk.room", { room: who.room }) : who.number, t)}</small>
        </span>
        {loop.session?.muted && <AudioMutedOutlined className="loop-muted" aria-label={t("desk.muted")} />}
        {loop.session?.quality && <QualityChip quality={loop.session.quality} />}
        <time className="loop-time">{clockText(seconds)}</time>
      </button>
      {loop.others.length > 1 && <Parties loop={loop} />}
    </li>
  );
}

/** The second line: a recall says where it comes back from. */
function under(loop: Loop, fallback: string, t: (key: string, values?: Record<string, string>) => string): string {
  const handed = loop.state === "recall" ? handedTo(loop.call.id) : undefined;
  if (handed?.how === "transfer") return t("desk.loop.backFrom", { to: handed.to });
  if (handed?.how === "park") return t("desk.loop.backFromPark");
  return fallback;
}

export function EmptyLoop({ slot }: { slot: number }) {
  const { t } = useTranslation();
  return (
    <li className="loop idle"><div className="loop-main"><span className="loop-slot">{slot}</span><span className="loop-state">{t("desk.loop.idle")}</span></div></li>
  );
}
