import { CloseOutlined, LoadingOutlined } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import { useActions } from "../actions/use";
import type { Loop } from "../model/loop";

/** The members of a conference, each with a way out. */
export function Parties({ loop }: { loop: Loop }) {
  const { t } = useTranslation();
  const actions = useActions();
  return (
    <ul className="parties">
      {loop.others.map(({ leg, party, up }) => (
        <li key={leg} className={up ? "up" : "calling"}>
          {!up && <LoadingOutlined aria-label={t("desk.loop.dialling")} />}
          {party.name || party.number}
          <button type="button" aria-label={t("desk.drop.party", { name: party.name || party.number })} onClick={() => void actions.dropParty(loop.call.id, leg)}><CloseOutlined /></button>
        </li>
      ))}
    </ul>
  );
}
