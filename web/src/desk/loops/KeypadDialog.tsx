import { Button, Modal } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";

import { useActions } from "../actions/use";
import { useDesk } from "../model/desk";

const pad = ["1", "2", "3", "4", "5", "6", "7", "8", "9", "*", "0", "#"];

/** Sends keys to the other side, by click or by typing. */
export function KeypadDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const actions = useActions();
  const { selected } = useDesk();
  const [sent, setSent] = useState("");
  const call = selected?.call.id;
  useEffect(() => {
    const typed = (event: KeyboardEvent) => {
      if (!pad.includes(event.key) || event.ctrlKey || event.altKey) return;
      event.preventDefault();
      press(event.key);
    };
    const press = (key: string) => {
      if (!call) return;
      setSent((before) => (before + key).slice(-24));
      void actions.press(call, key);
    };
    window.addEventListener("keydown", typed);
    return () => window.removeEventListener("keydown", typed);
  }, [actions, call]);
  return (
    <Modal open title={t("desk.command.dtmf")} width={260} footer={null} onCancel={onClose}>
      <output className="keypad-sent" aria-live="polite">{sent || t("desk.keypad.hint")}</output>
      <div className="keypad">
        {pad.map((key) => (
          <Button key={key} disabled={!call} onClick={() => { if (call) { setSent((before) => (before + key).slice(-24)); void actions.press(call, key); } }}>{key}</Button>
        ))}
      </div>
    </Modal>
  );
}
