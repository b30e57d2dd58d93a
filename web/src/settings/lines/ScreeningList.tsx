import { useTranslation } from "react-i18next";

import { type Screening, type ScreeningInput, screenings, verdicts } from "../api/screening";
import { Editor } from "../kit/Editor";
import { optionsOf } from "../kit/field";
import { ListPage } from "../kit/ListPage";
import { useInstant } from "../kit/moment";

const empty: ScreeningInput = { direction: "inbound", pattern: "", scope: "", verdict: "refuse", reason: "" };

/** The black and white list. */
export function ScreeningList() {
  const { t } = useTranslation();
  const instant = useInstant();
  return (
    <ListPage<Screening>
      section="screening"
      queryKey={["screening"]}
      load={() => screenings.all()}
      id={(row) => row.id}
      words={(row) => `${row.pattern} ${row.reason} ${row.scope ?? ""}`}
      write="lines.write"
      columns={[
        { title: t("settings.screening.direction"), dataIndex: "direction", render: (text: string) => t(`settings.direction.${text}`) },
        { title: t("settings.screening.pattern"), dataIndex: "pattern" },
        { title: t("settings.screening.verdict"), dataIndex: "verdict", render: (text: string) => t(`settings.verdict.${text}`) },
        { title: t("settings.screening.scope"), dataIndex: "scope", render: (text?: string) => text || t("settings.screening.house") },
        { title: t("settings.screening.reason"), dataIndex: "reason", render: (text: string) => <span className="cut" title={text}>{text}</span> },
        { title: t("settings.screening.by"), dataIndex: "by" },
        { title: t("settings.screening.expires"), dataIndex: "expires", render: instant },
      ]}
      editor={(row, close) => <ScreeningEditor entry={row} onClose={close} />}
      remove={(row) => screenings.delete(row.id)}
    />
  );
}

function ScreeningEditor({ entry, onClose }: { entry?: Screening; onClose: (saved: boolean) => void }) {
  const { t } = useTranslation();
  const value = entry ? { direction: entry.direction, pattern: entry.pattern, scope: entry.scope, verdict: entry.verdict, reason: entry.reason, expires: entry.expires } : empty;
  return (
    <Editor<ScreeningInput>
      section="screening"
      title={entry ? t("settings.screening.change", { pattern: entry.pattern }) : t("settings.screening.new")}
      fresh={!entry}
      value={value}
      save={(input) => (entry ? screenings.put(entry.id, input) : screenings.create(input))}
      onClose={onClose}
      items={[
        { name: "direction", kind: "choice", required: true, options: optionsOf(["inbound", "outbound"], (each) => t(`settings.direction.${each}`)) },
        { name: "verdict", kind: "choice", required: true, options: optionsOf(verdicts, (each) => t(`settings.verdict.${each}`)) },
        { name: "pattern", kind: "text", required: true, length: 20 },
        { name: "scope", kind: "text" },
        { name: "reason", kind: "text", required: true, wide: true },
        { name: "expires", kind: "moment" },
      ]}
    />
  );
}
