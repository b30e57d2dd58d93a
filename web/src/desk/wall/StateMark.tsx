import { BellFilled, MinusCircleFilled, PauseCircleFilled, PhoneFilled, StopOutlined, DisconnectOutlined, CheckCircleOutlined } from "@ant-design/icons";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { ExtensionState } from "../../api/extension";

const icons: Record<ExtensionState, ReactNode> = {
  idle: <CheckCircleOutlined />,
  ringing: <BellFilled />,
  talking: <PhoneFilled />,
  held: <PauseCircleFilled />,
  dnd: <MinusCircleFilled />,
  offline: <DisconnectOutlined />,
  vacant: <StopOutlined />,
};

/** A phone's state as icon, word and colour. */
export function StateMark({ state }: { state: ExtensionState }) {
  const { t } = useTranslation();
  return <span className={`mark ${state}`}>{icons[state]} <span>{t(`extension.${state}`)}</span></span>;
}
