import type { Translated } from "../../i18n/language";
import type { zh } from "./zh";

export const en: Translated<typeof zh> = {
  tab: { desk: "Desk", agents: "Agents", visits: "Abandoned and others" },
  period: "Period", interval: "Interval", queue: "Queue", allQueues: "All queues", more: "Show more", formula: "Formula", goal: "goal {{goal}}%", signedOn: "Signed on", occupancy: "Occupancy", pauses: "Pauses by reason", noReason: "no reason",
  formulaText: "{{name}} = {{formula}}",
  preset: { today: "Today", yesterday: "Yesterday", week: "Last 7 days", month: "This month" },
  every: { 15: "by 15 minutes", 30: "by 30 minutes", 60: "by the hour", 1440: "by the day" },
  chart: { calls: "Calls by interval", level: "Service level by interval" },
  figure: {
    offered: "Offered", answered: "Answered", answer_rate: "Answer rate", service_level: "Service level", answered_in_10: "In 10 s", answered_in_20: "In 20 s", asa: "ASA", median: "Median wait", p95: "95% wait", longest: "Longest wait",
    talk: "Talk time", aht: "AHT", abandoned: "Abandoned", overflowed: "Overflowed", transfers: "Transferred",
  },
  formulaOf: {
    offered: "answered + abandoned + overflowed", answer_rate: "answered ÷ offered", answered_in_10: "answered within 10 s (share of the answered)", answered_in_20: "answered within 20 s (share of the answered)", asa: "waits of the answered ÷ answered", median: "half of the answered waited no longer", p95: "95% of the answered waited no longer",
    longest: "longest wait of all that left the queue", talk: "talk time of the answered, summed up", aht: "(talk + hold + wrap-up) ÷ answered", abandoned: "abandoned (rate = (abandoned − short) ÷ (offered − short))", transfers: "transferred calls (share of the answered)", occupancy: "(talk + hold + wrap-up) ÷ (talk + hold + wrap-up + ready)",
  },
  how: { answered: "answered", abandoned: "abandoned", overflow: "overflowed", resumed: "rang again", lost: "system lost" },
  outcome: { open: "open", called_back: "called back", no_answer: "no answer", not_needed: "not needed" },
  visit: { of: "Calls of {{span}}", entered: "Entered", number: "Number", how: "Left as", wait: "Wait", waiting: "waiting", agent: "Agent", talk: "Talk", outcome: "Follow-up", note: "Note" },
};
