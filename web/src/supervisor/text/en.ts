import type { Translated } from "../../i18n/language";
import type { zh } from "./zh";

export const en: Translated<typeof zh> = {
  wallboard: "Wallboard",
  board: {
    title: "Queues", none: "No queue within your reach", waiting: "Waiting", longest: "Longest wait", level: "Service level", goal: "goal {{goal}}%", met: "on target", low: "below target", noData: "no calls yet today",
    answered: "Answered today", abandoned: "Abandoned today", late: "too long", formula: "Service level = {{text}}", tv: "Full screen", leave: "Leave full screen", seats: "Agents", now: "Time now",
  },
  seats: {
    title: "Agents", who: "Agent", state: "State", call: "Current call", today: "Today", calls: "answered", missed: "missed", none: "Nobody is signed on", me: "you", vip: "VIP agent", deeds: "Supervisor",
    missedHint: "How often the phone rang and was not answered",
  },
  do: {
    listen: "Listen", whisper: "Whisper", barge: "Barge in", take: "Take over", stop: "Stop", release: "Force release", ready: "Force ready", pause: "Force pause", signoff: "Force sign-off",
    readyShort: "Ready", pauseShort: "Pause", signoffShort: "Sign off", of: "{{verb}}: {{name}}", force: "Force",
  },
  hint: {
    listen: "You hear both, nobody hears you", whisper: "Only the agent hears you", barge: "Three-way: both hear you", take: "The agent leaves, you go on with the call", stop: "Stop listening, whispering or barging",
    release: "Drops the other party, the agent is free", ready: "Force ready", pause: "Force pause", signoff: "Force sign-off", noCall: "This agent is in no call", self: "Not on your own seat",
  },
  ask: {
    reason: "Reason (goes to the audit trail)", needReason: "Give a reason", optional: "Reason (optional, goes to the audit trail)", warn: "Play a warning tone to both first",
    barge: "Barge into the call of {{name}}?", take: "Take over the call of {{name}}?", release: "Force the call of {{name}} to end?", ready: "Force {{name}} to ready?", pause: "Force {{name}} to pause?", signoff: "Sign {{name}} off by force?",
  },
  done: { release: "The call of {{name}} was ended", ready: "{{name}} was forced to ready", pause: "{{name}} was forced to pause", signoff: "{{name}} was signed off", later: "as soon as the call is over" },
  own: {
    title: "My monitoring", none: "You listen to nobody", noneHint: "Choose “Listen” beside an agent. The first time, your soft phone is signed on and paused (班长), so that no caller is delivered to you.",
    connecting: "Connecting your soft phone…", listen: "You are listening to {{name}}: nobody hears you", whisper: "You whisper to {{name}}: only {{name}} hears you", barge: "You are in the call of {{name}}: both hear you", take_over: "Taking over the call of {{name}}",
    with: "talking with {{who}}", mine: "You are talking with {{who}}", toDesk: "Handle at the desk", hangUp: "Hang up", phone: "Soft phone", prepare: "Sign on my phone", leave: "Sign off my phone", elsewhere: "Your soft phone is in use elsewhere", useHere: "Use it here",
    ringing: "Connecting…", paused: "paused as supervisor", noAudio: "no microphone", failed: "The soft phone did not register; try again", lost: "The soft phone lost its connection and reconnects",
  },
  calls: { title: "Desk calls", none: "No calls", seat: "Agent", watched: "{{how}}", trunk: "trunk {{name}}", vip: "VIP{{level}}" },
  phase: { offered: "Offered", script: "In a menu", ringing: "Ringing", talking: "Talking", transferring: "Transferring", queued: "Waiting", parked: "Parked", held: "On hold", emergency: "Emergency" },
};
