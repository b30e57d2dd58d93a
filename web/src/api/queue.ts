import { api, segment } from "./client";
import type { Figures } from "./figures";
import type { List } from "./list";

export interface Target {
  within_seconds: number;
  share: number;
  short_seconds: number;
  formula: string;
}

/** A queue as the feed shows it (topic "queues", key: name). */
export interface QueueState {
  name: string;
  title: string;
  number: string;
  waiting: number;
  longest_since?: string;
  figures: Figures;
  target: Target;
}

export type Strategy =
  | "ring_all" | "longest_idle" | "fewest_calls" | "least_talk" | "round_robin" | "linear" | "random" | "weighted" | "sticky";

/** A queue as it is configured. */
export interface Queue {
  name: string;
  title: string;
  number: string;
  strategy: Strategy;
  members: string[];
  ladder: { after_seconds: number; skills: Record<string, number> }[];
  ring_seconds: number;
  wrap_up_seconds: number;
  miss_limit: number;
  vip_bonus_seconds: number;
  max_waiting: number;
  overflow: { after_seconds: number; do: "queue" | "number" | "callback" | "apologise"; to: string }[];
  announce: { position: boolean; wait: boolean; every_seconds: number; reminder_seconds: number };
  resume_seconds: number;
  target: Target;
  early_media: boolean;
}

/** What an account can do at the desk. */
export interface Profile {
  account: string;
  name: string;
  skills: Record<string, number>;
  vip: boolean;
  weight: number;
}

export const queues = {
  list: () => api.get<List<Queue>>("/queues"),
  put: ({ name, ...rules }: Queue) => api.put<Queue>(`/queues/${segment(name)}`, rules),
  delete: (name: string) => api.delete(`/queues/${segment(name)}`),
  profiles: () => api.get<List<Profile>>("/profiles"),
  putProfile: ({ account, ...profile }: Profile) => api.put<Profile>(`/profiles/${segment(account)}`, profile),
};
