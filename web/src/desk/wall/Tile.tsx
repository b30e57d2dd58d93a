import { CrownFilled } from "@ant-design/icons";
import { memo } from "react";
import { useTranslation } from "react-i18next";

import { useEntry } from "../../feed/use";
import { StateMark } from "./StateMark";

interface Props {
  number: string;
  index: number;
  focusable: boolean;
  onOpen: (at: DOMRect) => void;
}

/** One phone: number, state in word, icon and colour. A guest's name is never on it. */
export const Tile = memo(function Tile({ number, index, focusable, onOpen }: Props) {
  const { t } = useTranslation();
  const extension = useEntry("extensions", number);
  if (!extension) return <span className="tile" />;
  const { state, kind, name, vip } = extension;
  return (
    <button
      type="button"
      className={`tile ${state}`}
      data-number={number}
      data-index={index}
      tabIndex={focusable ? 0 : -1}
      title={kind === "room" ? number : `${number} ${name ?? ""}`}
      aria-label={`${number} ${kind === "room" ? "" : (name ?? "")} ${t(`extension.${state}`)}${vip ? " VIP" : ""}`}
      onClick={(event) => onOpen(event.currentTarget.getBoundingClientRect())}
    >
      <span className="tile-number">{number}{vip ? <CrownFilled className="tile-vip" /> : null}{kind !== "room" && <> <small>{name}</small></>}</span>
      <StateMark state={state} />
    </button>
  );
}, (a, b) => a.number === b.number && a.index === b.index && a.focusable === b.focusable);
