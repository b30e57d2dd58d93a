import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { useStore } from "../../app/store";
import { useEntry } from "../../feed/use";
import { useActions } from "../actions/use";
import { useDesk } from "../model/desk";
import { screen } from "../model/screen";
import { StateMark } from "../wall/StateMark";
import { Groups } from "./Groups";
import { shown } from "./privacy";
import { dialable, type Hit } from "./search";
import { enterMeans } from "./SearchBar";

/** What was found, best first. The chosen line is the one that Enter takes. */
export function Results({ hits }: { hits: Hit[] }) {
  const { t } = useTranslation();
  const { selected } = useDesk();
  const { query, row, purpose, verified } = useStore(screen, (each) => each);
  const number = dialable(query);
  const seen = verified === (selected?.call.id ?? "none");
  return (
    <div className="results" tabIndex={0} role="region" aria-label={t("desk.directory.found")}>
      {purpose === "invite" && <Groups />}
      <ul id="desk-hits" role="listbox" aria-label={t("desk.directory.title")}>
        {hits.map((hit, i) => <Line key={hit.entry.number} hit={hit} index={i} chosen={i === row} verified={seen} />)}
      </ul>
      {hits.length === 0 && number && <p className="nothing">{t("desk.directory.dial", { number })}</p>}
      {hits.length === 0 && !number && query && <p className="nothing">{t("desk.directory.none")}</p>}
      {!query && <p className="nothing">{t("desk.directory.typeTo")}</p>}
    </div>
  );
}

function Line({ hit, index, chosen, verified }: { hit: Hit; index: number; chosen: boolean; verified: boolean }) {
  const { t } = useTranslation();
  const actions = useActions();
  const { selected } = useDesk();
  const purpose = useStore(screen, (each) => enterMeans(each.purpose, selected !== undefined));
  const state = useEntry("extensions", hit.entry.number)?.state ?? "offline";
  const line = useRef<HTMLLIElement>(null);
  const { number, name } = shown(hit.entry, hit.matched, verified);
  useEffect(() => {
    if (chosen) line.current?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  return (
    <li ref={line} id={`hit-${index}`} role="option" aria-selected={chosen} className={chosen ? "hit chosen" : "hit"} onMouseDown={() => screen.set({ row: index })}>
      <span className="hit-number">{number}</span>
      <span className="hit-name">{name || t("desk.directory.room")}</span>
      <span className="hit-place">{hit.entry.department || (hit.entry.floor && t("desk.floor", { floor: hit.entry.floor }))}</span>
      <StateMark state={state} />
      <span className="hit-acts">
        {/* For the mouse; the keyboard has Enter and Ctrl+Enter, and an option may hold no buttons. */}
        <span className="hit-act first" onClick={() => void actions.use(hit.entry.number, purpose)}>{t(`desk.purpose.${purpose}`)}</span>
        {purpose === "transfer" && <span className="hit-act" onClick={() => void actions.use(hit.entry.number, "consult")}>{t("desk.purpose.consult")}</span>}
      </span>
    </li>
  );
}
