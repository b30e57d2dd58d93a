import { SearchOutlined } from "@ant-design/icons";
import { Button, Checkbox, Input } from "antd";
import { type KeyboardEvent, useEffect } from "react";
import { useTranslation } from "react-i18next";

import { useStore } from "../../app/store";
import { useActions } from "../actions/use";
import { useDesk } from "../model/desk";
import { endSearch, type Purpose, screen } from "../model/screen";
import { maskedParty } from "./privacy";
import { dialable, type Hit } from "./search";

/** One field for names, rooms and numbers; Enter does what it was opened for, Ctrl+Enter asks first. */
export function SearchBar({ hits }: { hits: Hit[] }) {
  const { t } = useTranslation();
  const actions = useActions();
  const { selected } = useDesk();
  const { purpose, query, row, verified } = useStore(screen, (each) => each);
  const call = selected?.call.id ?? "none";
  useEffect(() => {
    // The check is of one caller; the next one is a stranger again.
    if (screen.get().verified && screen.get().verified !== call) screen.set({ verified: undefined });
  }, [call]);

  const take = (wish: Purpose) => {
    const number = hits[row]?.entry.number ?? dialable(query);
    if (number) void actions.use(number, wish);
  };
  const keyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return; // Enter ends a pinyin word
    const last = Math.max(0, hits.length - 1);
    if (event.key === "ArrowDown") screen.set({ row: Math.min(last, row + 1) });
    else if (event.key === "ArrowUp") screen.set({ row: Math.max(0, row - 1) });
    else if (event.key === "Enter") take(event.ctrlKey ? "consult" : enterMeans(purpose, selected !== undefined));
    else return;
    event.preventDefault();
  };
  return (
    <div className={`search ${purpose}`}>
      <div className="search-line">
        <label htmlFor="desk-search" className="search-purpose">{t(`desk.purpose.${enterMeans(purpose, selected !== undefined)}`)}</label>
        <Input
          id="desk-search"
          role="combobox"
          aria-expanded={hits.length > 0}
          aria-controls="desk-hits"
          aria-activedescendant={hits[row] ? `hit-${row}` : undefined}
          prefix={<SearchOutlined />}
          placeholder={t("desk.directory.placeholder")}
          autoComplete="off"
          value={query}
          maxLength={40}
          onChange={(event) => screen.set({ query: event.target.value, row: 0 })}
          onKeyDown={keyDown}
        />
        {(query || purpose !== "dial") && <Button size="small" onClick={endSearch}>Esc</Button>}
      </div>
      {(query || purpose !== "dial") && (
        <div className="search-line small">
          <span className="search-for">{selected ? maskedParty(selected, verified === call, t) : t("desk.directory.noCall")}</span>
          <Checkbox checked={verified === call} onChange={(event) => screen.set({ verified: event.target.checked ? call : undefined })}>
            {t("desk.directory.verified")}
          </Checkbox>
        </div>
      )}
    </div>
  );
}

/** Typed without a purpose, Enter transfers the call there is, or else dials. */
export function enterMeans(purpose: Purpose, hasCall: boolean): Purpose {
  return purpose === "dial" && hasCall ? "transfer" : purpose;
}
