import { useTranslation } from "react-i18next";

import { type Queue, queues, type Strategy } from "../../api/queue";
import { formulas, formulaText } from "../../reports/formula";
import { Editor } from "../kit/Editor";
import { type Item, optionsOf } from "../kit/field";
import { LadderEditor } from "./LadderEditor";
import { OverflowEditor } from "./OverflowEditor";
import { useProfiles } from "./use";
import { formOf, newQueue, type QueueForm, queueOf } from "./value";

const strategies: Strategy[] = ["longest_idle", "ring_all", "fewest_calls", "least_talk", "round_robin", "linear", "random", "weighted", "sticky"];

/** All rules of a queue. */
export function QueueEditor({ queue, onClose }: { queue?: Queue; onClose: (saved: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Editor<QueueForm>
      section="queue"
      title={queue ? t("settings.queue.change", { name: queue.title }) : t("settings.queue.new")}
      fresh={!queue}
      value={formOf(queue ?? newQueue)}
      save={(form) => queues.put(queueOf(form))}
      onClose={onClose}
      items={useItems(queue)}
    />
  );
}

function useItems(queue?: Queue): Item[] {
  const { t } = useTranslation();
  const members = useProfiles().map((profile) => ({ value: profile.account, label: profile.name || profile.account }));
  const target = (formula: string) => formulaText(t, { ...(queue ?? newQueue).target, formula });
  const s = t("settings.kit.seconds");
  return [
    { name: "name", kind: "text", required: true, fixed: true, length: 64 },
    { name: "title", kind: "text", required: true, length: 64 },
    { name: "number", kind: "text", length: 20 },
    { name: "strategy", kind: "choice", required: true, options: optionsOf(strategies, (each) => t(`settings.strategy.${each}`)) },
    { name: "members", kind: "tags", options: members },
    { heading: "ringHeading" },
    { name: "ring_seconds", kind: "number", unit: s },
    { name: "wrap_up_seconds", kind: "number", unit: s },
    { name: "miss_limit", kind: "number", max: 10_000 },
    { name: "vip_bonus_seconds", kind: "number", unit: s },
    { name: "max_waiting", kind: "number", max: 10_000 },
    { name: "resume_seconds", kind: "number", unit: s },
    { name: "early_media", kind: "switch", wide: true },
    { heading: "announceHeading" },
    { name: "announce.position", kind: "switch" },
    { name: "announce.wait", kind: "switch" },
    { name: "announce.every_seconds", kind: "number", unit: s },
    { name: "announce.reminder_seconds", kind: "number", unit: s },
    { heading: "targetHeading" },
    { name: "target.within_seconds", kind: "number", unit: s },
    { name: "target.percent", kind: "number", max: 100, unit: "%" },
    { name: "target.short_seconds", kind: "number", unit: s },
    { name: "target.formula", kind: "choice", required: true, wide: true, options: optionsOf(formulas, target) },
    { heading: "ladderHeading" },
    { key: "ladder", node: <LadderEditor /> },
    { heading: "overflowHeading" },
    { key: "overflow", node: <OverflowEditor /> },
  ];
}
