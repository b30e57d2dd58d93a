import { useTranslation } from "react-i18next";

import { keyLines } from "../keys/keymap";

/** Between calls the card's place teaches the keys. */
export function KeyHints() {
  const { t } = useTranslation();
  return (
    <div className="hints">
      <p className="nothing">{t("desk.guest.nobody")}</p>
      <dl>
        {keyLines.slice(0, 13).map((line) => (
          <div key={line.text}><dt>{line.keys.map((key) => <kbd key={key}>{key}</kbd>)}</dt><dd>{t(`desk.command.${line.text}`)}</dd></div>
        ))}
      </dl>
    </div>
  );
}
