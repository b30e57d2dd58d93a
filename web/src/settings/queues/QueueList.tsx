import { useTranslation } from "react-i18next";

import { type Queue, queues } from "../../api/queue";
import { formulaText } from "../../reports/formula";
import { resource } from "../api/resource";
import { ListPage } from "../kit/ListPage";
import { QueueEditor } from "./QueueEditor";
import { useAgentNames } from "./use";

const all = () => resource<Queue, never>("/queues").all();

/** The queues callers wait in. */
export function QueueList() {
  const { t } = useTranslation();
  const nameOf = useAgentNames();
  return (
    <ListPage<Queue>
      section="queue"
      queryKey={["queues", "all"]}
      load={all}
      id={(row) => row.name}
      words={(row) => `${row.name} ${row.title} ${row.number}`}
      write="queues.write"
      columns={[
        { title: t("settings.queue.title"), key: "title", render: (_, row) => <>{row.title} <small className="list-hint">{row.name}</small></> },
        { title: t("settings.queue.number"), dataIndex: "number" },
        { title: t("settings.queue.strategy"), key: "strategy", render: (_, row) => t(`settings.strategy.${row.strategy}`) },
        { title: t("settings.queue.members"), key: "members", render: (_, row) => <span className="cut" title={row.members.map(nameOf).join("、")}>{row.members.map(nameOf).join("、") || "–"}</span> },
        { title: t("settings.queue.goal"), key: "goal", render: (_, row) => <span title={formulaText(t, row.target)}>{t("settings.queue.goalText", { share: Math.round(row.target.share * 1000) / 10, within: row.target.within_seconds })}</span> },
        { title: t("settings.queue.steps"), key: "steps", render: (_, row) => t("settings.queue.stepCount", { ladder: row.ladder.length, overflow: row.overflow.length }) },
      ]}
      editor={(row, close) => <QueueEditor queue={row} onClose={close} />}
      remove={(row) => queues.delete(row.name)}
    />
  );
}
