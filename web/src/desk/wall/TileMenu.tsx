import { App, Dropdown, Input, type MenuProps } from "antd";
import { useTranslation } from "react-i18next";

import { useEntry } from "../../feed/use";
import { useCan } from "../../session/session";
import { useActions } from "../actions/use";
import { useDesk } from "../model/desk";
import { rings } from "../model/loop";
import { toggleChosen, useChosen } from "./favourites";

/** What can be done with a phone on the wall: the way that needs no dragging. */
export function TileMenu({ number, at, onClose }: { number: string; at: DOMRect; onClose: () => void }) {
  const { t } = useTranslation();
  const actions = useActions();
  const extension = useEntry("extensions", number);
  const { selected } = useDesk();
  const chosen = useChosen().has(number);
  const mayBarge = useCan("desk.barge");
  const release = useForceRelease();
  const call = selected && !rings(selected) ? selected.call.id : undefined;
  const busy = extension?.call;
  const items: MenuProps["items"] = [
    { key: "call", label: t("desk.tile.call", { number }), onClick: () => void actions.dial(number) },
    ...(call ? [
      { key: "transfer", label: t("desk.tile.transfer", { number }), onClick: () => void actions.transfer(call, number) },
      { key: "consult", label: t("desk.tile.consult", { number }), onClick: () => void actions.consult(call, number) },
      { key: "invite", label: t("desk.tile.invite", { number }), onClick: () => void actions.invite(call, number) },
    ] : []),
    ...(busy && mayBarge ? [
      { type: "divider" as const },
      { key: "barge", label: t("desk.tile.barge"), onClick: () => void actions.barge(busy) },
      { key: "force", label: t("desk.tile.forceRelease"), danger: true, onClick: () => release(busy, number) },
    ] : []),
    { type: "divider" },
    { key: "choose", label: t(chosen ? "desk.tile.unchoose" : "desk.tile.choose"), onClick: () => toggleChosen(number) },
  ];
  return (
    <Dropdown open menu={{ items, autoFocus: true, onClick: onClose }} trigger={["click"]} onOpenChange={(open) => !open && onClose()}>
      <span className="tile-anchor" style={{ left: at.left, top: at.bottom, width: at.width }} />
    </Dropdown>
  );
}

/** Ending other people's talk asks first, and for a reason: it is audited. */
function useForceRelease(): (call: string, number: string) => void {
  const { t } = useTranslation();
  const { modal } = App.useApp();
  const actions = useActions();
  return (call, number) => {
    let reason = "";
    modal.confirm({
      title: t("desk.tile.forceTitle", { number }),
      content: <Input aria-label={t("desk.reason")} placeholder={t("desk.reason")} maxLength={200} autoFocus onChange={(event) => { reason = event.target.value; }} />,
      okText: t("desk.tile.forceRelease"),
      okButtonProps: { danger: true },
      onOk: () => void actions.forceRelease(call, reason),
    });
  };
}
