/** What a queue or an agent achieved; seconds are whole. Ratios are 0 to 1 and, like averages, missing when there was nothing to divide. */
export interface Figures {
  offered: number;
  answered: number;
  answered_in_target: number;
  abandoned: number;
  short_abandoned: number;
  overflowed: number;
  answered_in_10: number;
  answered_in_20: number;
  service_level?: number;
  abandon_rate?: number;
  answer_rate?: number;
  asa_seconds?: number;
  median_wait_seconds: number;
  p95_wait_seconds: number;
  longest_wait_seconds: number;
  aht_seconds?: number;
  talk_seconds: number;
  hold_seconds: number;
  wrap_up_seconds: number;
  transfers: number;
}
