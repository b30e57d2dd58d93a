import { useTranslation } from "react-i18next";

import { keyLines } from "./keymap";

export function KeyTable() {
  const { t } = useTranslation();
  return (
    <table className="key-table">
      <thead><tr><th>{t("desk.keys.key")}</th><th>{t("desk.keys.does")}</th></tr></thead>
      <tbody>
        {keyLines.map((line) => (
          <tr key={line.text}><td>{line.keys.map((key) => <kbd key={key}>{key}</kbd>)}</td><td>{t(`desk.command.${line.text}`)}</td></tr>
        ))}
      </tbody>
    </table>
  );
}
