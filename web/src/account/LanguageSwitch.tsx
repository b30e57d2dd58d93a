import { GlobalOutlined } from "@ant-design/icons";
import { Button } from "antd";
import { useTranslation } from "react-i18next";

import { setLanguage } from "../i18n/language";

/** Switches to the other language; named in that language, so that a lost reader finds it. */
export function LanguageSwitch() {
  const { i18n } = useTranslation();
  const other = i18n.language === "en" ? ({ code: "zh-CN", name: "中文" } as const) : ({ code: "en", name: "English" } as const);
  return (
    <Button type="text" size="small" icon={<GlobalOutlined />} lang={other.code} onClick={() => setLanguage(other.code)}>
      {other.name}
    </Button>
  );
}
