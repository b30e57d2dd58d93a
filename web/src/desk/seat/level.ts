import type { QueueState } from "../../api/queue";

export interface Level {
  /** 0 to 1, over all queues by the calls they were offered. */
  share: number;
  /** What the busiest queue aims at, and by which formula. */
  goal: number;
  within: number;
  formula: string;
}

/** Today's service level of the desk; undefined before the first call. */
export function serviceLevel(queues: readonly QueueState[]): Level | undefined {
  const counted = queues.filter((queue) => queue.figures.service_level !== undefined && queue.figures.service_level !== null && queue.figures.offered > 0);
  const calls = counted.reduce((sum, queue) => sum + queue.figures.offered, 0);
  const busiest = [...counted].sort((a, b) => b.figures.offered - a.figures.offered)[0];
  if (!busiest) return undefined;
  const share = counted.reduce((sum, queue) => sum + (queue.figures.service_level ?? 0) * queue.figures.offered, 0) / calls;
  return { share, goal: busiest.target.share, within: busiest.target.within_seconds, formula: busiest.target.formula };
}
