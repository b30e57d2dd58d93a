import {
  AppstoreAddOutlined, AudioMutedOutlined, CustomerServiceOutlined, PauseOutlined, PhoneFilled, PhoneOutlined,
  PullRequestOutlined, PushpinOutlined, SwapOutlined, TeamOutlined, UserSwitchOutlined,
} from "@ant-design/icons";
import { Button } from "antd";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { useStore } from "../../app/store";
import { useDesk } from "../model/desk";
import { rings, speaks } from "../model/loop";
import { screen } from "../model/screen";
import { useActions } from "./use";

interface Deed {
  key: string;
  text: string;
  icon: ReactNode;
  does: () => void;
  off?: boolean;
  look?: "answer" | "release" | "on";
}

/** Every action by click, with its key written on it. What cannot be done now is greyed, never hidden: hands learn places. */
export function ActionBar() {
  const { t } = useTranslation();
  return (
    <div className="deeds" role="toolbar" aria-label={t("desk.actions")}>
      {useDeeds().map(({ key, text, icon, does, off, look }) => (
        <Button key={key} className={`deed ${look ?? ""}`} disabled={off} icon={icon} onClick={() => does()} aria-keyshortcuts={key} data-testid={`deed-${key}`}>
          <span className="deed-text">{t(`desk.command.${text}`)}</span><kbd>{key}</kbd>
        </Button>
      ))}
    </div>
  );
}

function useDeeds(): Deed[] {
  const actions = useActions();
  const { loops, selected } = useDesk();
  useStore(screen, (each) => each.consultation); // its end changes what F8 says
  const ringing = loops.some(rings);
  const talking = loops.find(speaks);
  const up = selected !== undefined && !rings(selected);
  const consulting = actions.consultation() !== undefined;
  return [
    { key: "F2", text: "answer_next", icon: <PhoneFilled />, does: () => void actions.answerNext(), off: !ringing, look: "answer" },
    { key: "F3", text: "answer", icon: <PhoneOutlined />, does: () => void actions.answer(selected), off: !selected || !rings(selected), look: "answer" },
    { key: "F4", text: "release", icon: <PhoneFilled rotate={225} />, does: () => void actions.release(), off: !selected, look: "release" },
    { key: "F6", text: selected?.state === "held" ? "retrieve" : "hold", icon: <PauseOutlined />, does: () => void actions.hold(), off: !up },
    { key: "Shift+F6", text: "park", icon: <PushpinOutlined />, does: () => screen.set({ dialog: "park" }), off: !up },
    { key: "F7", text: "transfer", icon: <SwapOutlined />, does: () => actions.seek("transfer"), off: !up },
    { key: "F8", text: consulting ? "hand" : "consult", icon: <UserSwitchOutlined />, does: () => void actions.consultOrHand(), off: !up, look: consulting ? "on" : undefined },
    { key: "F9", text: "confer", icon: <TeamOutlined />, does: () => void actions.confer(), off: !up },
    { key: "F10", text: "pull", icon: <PullRequestOutlined />, does: () => void actions.pullOldest() },
    { key: "Space", text: talking?.session?.muted ? "unmute" : "mute", icon: <AudioMutedOutlined />, does: () => actions.mute(), off: !talking, look: talking?.session?.muted ? "on" : undefined },
    { key: "Alt+P", text: "dtmf", icon: <AppstoreAddOutlined />, does: () => screen.set({ dialog: "dtmf" }), off: !up },
    { key: "Alt+L", text: "past", icon: <CustomerServiceOutlined />, does: () => screen.set({ dialog: "past" }) },
  ];
}

