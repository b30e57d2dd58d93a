/** What a report covers, as it stands in the address. */
export interface ReportSearch {
  tab: "desk" | "agents" | "visits";
  from: string;
  to: string;
  interval: number;
  queue?: string;
  how?: string;
}

export const intervals = [15, 30, 60, 1440] as const;
const tabs = ["desk", "agents", "visits"] as const;
const hows = ["answered", "abandoned", "overflow", "resumed", "lost"];

/** Reads the address; what is missing or makes no sense becomes today by the half hour. */
export function readSearch(raw: Record<string, unknown>, now: Date): ReportSearch {
  const from = instant(raw.from) ?? startOfDay(now);
  const to = instant(raw.to) ?? startOfDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1));
  const interval = Number(raw.interval);
  return {
    tab: tabs.find((tab) => tab === raw.tab) ?? "desk",
    from: from < to ? from : startOfDay(now),
    to: from < to ? to : startOfDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() + 1)),
    interval: (intervals as readonly number[]).includes(interval) ? interval : 30,
    // The router reads "8880" in the address as a number.
    queue: typeof raw.queue === "string" || typeof raw.queue === "number" ? String(raw.queue) || undefined : undefined,
    how: typeof raw.how === "string" && hows.includes(raw.how) ? raw.how : undefined,
  };
}

function instant(value: unknown): string | undefined {
  if (typeof value !== "string") return undefined;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? undefined : at.toISOString();
}

function startOfDay(day: Date): string {
  return new Date(day.getFullYear(), day.getMonth(), day.getDate()).toISOString();
}
