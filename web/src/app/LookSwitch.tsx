import { EyeOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { setLook, useLook } from "./look";

/** Switches between the normal and the high-contrast look. */
export function LookSwitch() {
  const { t } = useTranslation();
  const high = useLook() === "contrast";
  return (
    <Button
      type="text"
      size="small"
      className="bar-button"
      icon={<EyeOutlined />}
      aria-pressed={high}
      aria-label={t("look.contrast")}
      title={t("look.contrast")}
      onClick={() => setLook(high ? "normal" : "contrast")}
    />
  );
}
