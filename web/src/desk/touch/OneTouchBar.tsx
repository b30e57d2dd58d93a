import { SettingOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { Lane } from "../Lane";
import { useActions } from "../actions/use";
import { useDesk } from "../model/desk";
import { screen } from "../model/screen";
import { touchKeys, useOneTouch } from "./keys";
import { pressTouch } from "./press";

const signs = { transfer: "→", dial: "☎", invite: "＋" };

/** The operator's own keys: one press calls, transfers or invites. */
export function OneTouchBar() {
  const { t } = useTranslation();
  const actions = useActions();
  const { selected } = useDesk();
  const keys = useOneTouch();
  const edit = <Button size="small" type="text" icon={<SettingOutlined />} onClick={() => screen.set({ dialog: "touch" })}>{t("act.edit")}</Button>;
  return (
    <Lane name="touch" title={t("desk.touch.title")} extra={edit}>
      <div className="touch">
        {touchKeys.map((name) => {
          const key = keys.find((each) => each.key === name);
          if (!key) return <span key={name} className="touch-key empty"><kbd>Alt+{name}</kbd></span>;
          return (
            <button key={name} type="button" className="touch-key" title={`${t(`desk.touch.${key.action}`)} ${key.number}`} aria-keyshortcuts={`Alt+${name}`} onClick={() => pressTouch(key, selected, actions)}>
              <kbd>Alt+{name}</kbd><strong>{key.label}</strong><small><span aria-hidden="true">{signs[key.action]}</span> {key.number}<span className="hidden">{t(`desk.touch.${key.action}`)}</span></small>
            </button>
          );
        })}
      </div>
    </Lane>
  );
}
