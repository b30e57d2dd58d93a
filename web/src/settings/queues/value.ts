import type { Queue } from "../../api/queue";

/** A queue as the form holds it: the share in percent. */
export interface QueueForm extends Omit<Queue, "target"> {
  target: Omit<Queue["target"], "share"> & { percent: number };
}

/** What a new queue starts with: the hotel's usual goal of 90 % within 12 seconds. */
export const newQueue: Queue = {
  name: "", title: "", number: "", strategy: "longest_idle", members: [], ladder: [], ring_seconds: 15, wrap_up_seconds: 0, miss_limit: 3, vip_bonus_seconds: 120, max_waiting: 0, overflow: [],
  announce: { position: false, wait: false, every_seconds: 60, reminder_seconds: 30 }, resume_seconds: 60, target: { within_seconds: 12, share: 0.9, short_seconds: 5, formula: "at/(a+b-s)" }, early_media: false,
};

export function formOf({ target: { share, ...target }, ...queue }: Queue): QueueForm {
  return { ...queue, target: { ...target, percent: Math.round(share * 1000) / 10 } };
}

/** Steps go by time; only transfers keep a destination. */
export function queueOf({ target: { percent, ...target }, ...form }: QueueForm): Queue {
  const byTime = <S extends { after_seconds: number }>(steps: readonly S[] | undefined) => [...(steps ?? [])].sort((a, b) => a.after_seconds - b.after_seconds);
  return {
    ...form,
    number: form.number ?? "",
    ladder: byTime(form.ladder),
    overflow: byTime(form.overflow).map((step) => ({ ...step, to: step.do === "queue" || step.do === "number" ? (step.to ?? "").trim() : "" })),
    target: { ...target, share: Math.round(percent * 10) / 1000 },
  };
}
