import type { Translated } from "../../i18n/language";
import type { zhDesk } from "./zh";

export const enDesk: Translated<typeof zhDesk> = {
  actions: "Call actions",
  room: "Room {{room}}",
  floor: "Floor {{floor}}",
  malice: "Malicious",
  muted: "Muted",
  reason: "Reason (goes to the audit)",
  queue: { title: "Waiting", empty: "Nobody waits", ringsYou: "Rings you", fresh: "In time", amber: "Late", red: "Very late" },
  parked: { title: "Parked", empty: "Nothing is parked", fresh: "New", amber: "Long", red: "Too long", for: "for {{who}}", forLabel: "Whom does the caller want?", note: "Note", pull: "Pull" },
  loop: {
    title: "My calls", idle: "Idle", ringing: "Ringing", recall: "Recall", dialling: "Calling", talking: "Talking", held: "On hold", conference: "Conference", barging: "Barged in",
    backFrom: "Back: {{to}} was not reached", backFromPark: "Back: parked too long",
  },
  command: {
    answer_next: "Answer next", answer: "Answer", release: "Hang up", hold: "Hold", retrieve: "Retrieve", park: "Park", transfer: "Transfer", consult: "Consult", hand: "Hand over",
    confer: "Conference", pull: "Pull parked", mute: "Mute", unmute: "Unmute", dtmf: "Keypad", loop: "Select loop 1–6", search: "Search: just type a name, pinyin, room, department or number",
    enter: "Choose a result; Enter transfers, or calls when there is no call", ctrl_enter: "Consult the result first", touch: "One-touch keys", ready: "Ready / paused", past: "Callers", back: "Back, cancel", help: "Key map",
  },
  directory: {
    title: "Directory and phones", anywhere: "Just type to search", placeholder: "Name / pinyin / room / department / number", found: "Found", none: "Nothing found", dial: "Enter calls {{number}}",
    typeTo: "Type a name, pinyin, a room, a department or a number", verified: "Identity checked", noCall: "No call selected", groups: "Call a group", room: "Guest room",
  },
  purpose: { dial: "Call", transfer: "Transfer", consult: "Consult", invite: "Invite" },
  drop: { transfer: "Let go: transfer to {{number}} ({{state}})", join: "Let go: conference with {{name}}", party: "Drop {{name}} from the conference" },
  wall: {
    title: "Phones", which: "Which phones", all: "All", busy: "Busy", chosen: "Chosen", place: "Floor or department", everywhere: "All floors and departments", floors: "Floors", departments: "Departments", count: "{{count}} phones",
    empty: "No such phone", chooseHint: "Click a phone and choose it",
  },
  tile: {
    call: "Call {{number}}", transfer: "Transfer this call to {{number}}", consult: "Consult {{number}} first", invite: "Invite {{number}}", barge: "Barge in", forceRelease: "Force release",
    forceTitle: "End the call of {{number}}?", choose: "Add to chosen", unchoose: "Remove from chosen",
  },
  guest: {
    title: "Caller", nobody: "Room, guest and notes appear here when somebody calls", malice: "Malicious caller: follow the procedure", outside: "Outside caller", since: "Checked in", nights_one: "{{count}} night", nights_other: "{{count}} nights", nights: "{{count}} nights",
    notes: "Notes", last: "Last calls", noCalls: "No calls lately",
  },
  touch: { title: "One-touch keys", edit: "Set up one-touch keys", label: "Label", number: "Number", action: "Does", dial: "Call", transfer: "Transfer", invite: "Invite", badNumber: "Digits, * and #, a + in front" },
  past: {
    abandoned: "Abandoned", callers: "Outside callers", at: "At", number: "Number", outcome: "Outcome", waited: "Waited", result: "Done about it", open: "Open", callBack: "Call {{number}} back", callBackShort: "Call back", filter: "Filter by number",
  },
  settled: { called_back: "Called back", no_answer: "No answer", not_needed: "Not needed" },
  direction: { inbound: "In", outbound: "Out", internal: "Internal" },
  outcome: { answered: "Answered", no_answer: "Missed", busy: "Busy", abandoned: "Abandoned", failed: "Failed", cancelled: "Cancelled", rejected: "Rejected", unreachable: "Not reached" },
  bar: { waiting: "Waiting", longest: "Longest", level: "Service level", levelHint: "Target: {{goal}}% within {{within}} s; formula {{formula}}", low: "below target" },
  seat: { signOn: "Sign on", signOff: "Sign off", ready: "Ready", pause: "Pause", which: "Sign on at which extension?", extension: "Extension" },
  pause: { meal: "Meal", rest: "Break", meeting: "Meeting", training: "Training", errand: "Errand", other: "Other" },
  keypad: { hint: "Keys sent to the other side" },
  keys: { title: "Switchboard keys", key: "Key", does: "What it does" },
  say: {
    nothingRings: "Nothing rings", noPhone: "The soft phone is not ready to answer", noCall: "No call is selected", nothingParked: "Nothing is parked", transferred: "Transferred to {{number}}; it comes back if not reached",
    waiting_one: "{{count}} call waiting", waiting_other: "{{count}} calls waiting", waiting: "{{count}} calls waiting",
  },
};
