import { CheckCircleFilled, WarningFilled } from "@ant-design/icons";
import { useTranslation } from "react-i18next";

import type { QueueState } from "../../api/queue";
import { clockText, useSecondsSince } from "../../app/clock";
import { useTopic } from "../../feed/use";
import { formulaText } from "../../reports/formula";

/** The wallboard: a card for each queue. */
export function Board() {
  const { t } = useTranslation();
  const queues = useTopic("queues");
  const sorted = [...queues].sort((a, b) => (a.number || "~").localeCompare(b.number || "~") || a.name.localeCompare(b.name));
  if (sorted.length === 0) return <p className="nothing">{t("supervisor.board.none")}</p>;
  return <div className="board">{sorted.map((queue) => <QueueCard key={queue.name} queue={queue} />)}</div>;
}

function QueueCard({ queue }: { queue: QueueState }) {
  const { t } = useTranslation();
  const longest = useSecondsSince(queue.longest_since);
  const late = longest > queue.target.within_seconds;
  return (
    <section className="queue-card" aria-label={queue.title} data-testid={`queue-${queue.name}`}>
      <header><h2>{queue.title}</h2>{queue.number && <span>{queue.number}</span>}</header>
      <dl>
        <Figure label={t("supervisor.board.waiting")} value={String(queue.waiting)} kind={queue.waiting > 0 ? "some" : ""} />
        <Figure label={t("supervisor.board.longest")} value={clockText(longest)} kind={late ? "bad" : ""} sign={late ? t("supervisor.board.late") : undefined} />
        <Level queue={queue} />
        <Figure label={t("supervisor.board.answered")} value={String(queue.figures.answered)} kind="" />
        <Figure label={t("supervisor.board.abandoned")} value={String(queue.figures.abandoned)} kind="" />
      </dl>
      <p className="formula">{t("supervisor.board.formula", { text: formulaText(t, queue.target) })}</p>
    </section>
  );
}

function Level({ queue }: { queue: QueueState }) {
  const { t } = useTranslation();
  const level = queue.figures.service_level;
  const label = `${t("supervisor.board.level")} · ${t("supervisor.board.goal", { goal: Math.round(queue.target.share * 100) })}`;
  if (level === undefined || level === null) return <Figure label={label} value="–" kind="" sign={t("supervisor.board.noData")} />;
  const met = level >= queue.target.share;
  return <Figure label={label} value={`${(level * 100).toFixed(1)}%`} kind={met ? "good" : "bad"} sign={t(met ? "supervisor.board.met" : "supervisor.board.low")} met={met} />;
}

function Figure({ label, value, kind, sign, met }: { label: string; value: string; kind: string; sign?: string; met?: boolean }) {
  return (
    <div className={`figure ${kind}`}>
      <dt>{label}</dt>
      <dd>{value}{sign && <small>{met === true ? <CheckCircleFilled /> : kind === "bad" ? <WarningFilled /> : null} {sign}</small>}</dd>
    </div>
  );
}
