import type { Translated } from "../../i18n/language";
import type { zh } from "./zh";

export const en: Translated<typeof zh> = {
  nav: {
    group_access: "Accounts and rights", group_desk: "Switchboard", group_phones: "Extensions", group_lines: "Outside lines", group_log: "Records", group_own: "My account",
    accounts: "Accounts", roles: "Roles and rights", logins: "Logins", tokens: "API tokens", queues: "Queues", agents: "Agents and skills", extensions: "Extensions", groups: "Groups", classes: "Classes of service", trunks: "Trunks", routes: "Routes",
    dids: "Direct numbers", screening: "Screening", records: "Call records", audit: "Audit", security: "Login security",
  },
  kit: {
    needed: "Needed", deeds: "Actions", more: "More", sure: "{{deed}}: {{what}}?", forGood: "This cannot be undone and goes to the audit trail.", noted: "I have noted it", once: "Shown only this once: copy it now and keep it safe.",
    skill: "Skill", level: "Level (1–10)", addSkill: "Add skill", seconds: "s", on: "on", off: "off", yes: "yes", no: "no", online: "online", offline: "offline", period: "Period", from: "From", to: "To", more_: "Show more",
  },
  role: {
    operator: "Operator", supervisor: "Supervisor", front_desk: "Front desk", housekeeping: "Housekeeping", engineering: "Engineering", telecom: "Telecom engineer", manager: "Manager", system_admin: "System administrator", security_admin: "Security administrator", audit_admin: "Audit administrator", integration: "Integration",
  },
  right: {
    hotel_read: "See the house", hotel_write: "Change the house", stays_write: "Check guests in and out", lines_read: "See outside lines", lines_write: "Change outside lines", calls_read: "See calls", calls_end: "Hang up calls", desk_work: "Work at the desk", desk_barge: "Barge into extensions, force release",
    desk_listen: "Listen, whisper", desk_intervene: "Barge, take over, force release agents", desk_force: "Force agents' states", desk_watch: "Supervisor's page", queues_write: "Change queues and skills", reports_read: "See reports", accounts_read: "See accounts", accounts_write: "Change accounts", tokens_write: "Manage tokens",
    audit_read: "See the audit trail", feed_read: "Live data",
  },
  account: {
    page: "Accounts", one: "account", hint: "Who may log in, and as what. Accounts are never deleted, only disabled, so that the audit trail keeps its names.", new: "New account", change: "Change account: {{name}}", login: "Login", login_hint: "Cannot be changed later", name: "Name", roles: "Roles", extension: "Extension", extension_hint: "Where this person signs on to the desk",
    disabled: "Disabled", reach: "Reach", everything: "everything", state: "State", enabled: "enabled", mustChange: "must change password", off: "disabled", totp: "Second factor", password: "One-time password", oneTime: "One-time password of {{name}}",
    reset: "Reset password", sureReset: "Reset the password of {{name}}? All their logins end.", disable: "Disable", enable: "Enable", sureDisable: "Disable {{name}}? Their logins end at once.", sureEnable: "Enable {{name}}?", dropTotp: "Remove second factor", sureTotp: "Remove the second factor of {{name}}?",
    reachHeading: "Reach (empty: everything)", reach_departments: "Departments", reach_floors: "Floors", reach_queues: "Queues",
  },
  roles: { title: "Roles and rights", hint: "Roles are fixed; system, security and audit administrators are kept apart.", right: "Right" },
  login: { title: "Logins", of: "Logins of {{name}}", hint: "Logins in use; each can be ended.", from: "From", agent: "Browser", began: "Began", seen: "Last seen", ends: "Ends", here: "this one", revoke: "End", sure: "End this login of {{name}}?", sureOwn: "This is your own login: you will be logged out." },
  token: { page: "API tokens", one: "token", hint: "For other systems. The token itself is shown once, when it is made.", new: "New token", made: "Token {{name}}", name: "Name", scopes: "Scopes", created: "Created", expires: "Expires", expires_hint: "Empty: never", secret: "Token", good: "valid", revoked: "revoked", revoke: "Revoke" },
  scope: { read: "Read", calls: "Call control", desk: "Switchboard", admin: "Administration", tokens: "Tokens" },
  queue: {
    page: "Queues", one: "queue", hint: "Where callers wait, who answers, and what happens when it takes too long.", new: "New queue", change: "Change queue: {{name}}", name: "Key", name_hint: "For the API and reports; cannot be changed later", title: "Name", number: "Number", strategy: "Who is rung", members: "Agents", members_hint: "Choose names, or type account ids",
    goal: "Goal", goalText: "{{share}}% within {{within}} s", steps: "Rules", stepCount: "{{ladder}} skill steps · {{overflow}} overflow steps",
    ringHeading: "Ringing and waiting", ring_seconds: "Ring for", ring_seconds_hint: "Then the next agent; the caller keeps the place", wrap_up_seconds: "Wrap-up", wrap_up_seconds_hint: "No calls for this long after a call; 0: none", miss_limit: "Missed in a row", miss_limit_hint: "Then the agent is “not responding”; 0: never",
    vip_bonus_seconds: "VIP bonus", vip_bonus_seconds_hint: "A VIP counts as having waited this much longer, per level", max_waiting: "Most waiting callers", max_waiting_hint: "0: no limit", resume_seconds: "Place kept for", resume_seconds_hint: "Who hangs up and rings again within this time gets the old place", early_media: "Not charged while waiting (early media)", early_media_hint: "The caller is answered only once an agent is there",
    announceHeading: "Announcements", announce_position: "Say the position", announce_wait: "Say the expected wait", announce_every_seconds: "Repeat every", announce_reminder_seconds: "Hold reminder", announce_reminder_seconds_hint: "Reminds the agent of a caller on hold; 0: never",
    targetHeading: "Service level goal", target_within_seconds: "Answer within", target_percent: "Share", target_short_seconds: "Short abandon", target_short_seconds_hint: "Who hangs up within this time does not count", target_formula: "Formula",
    ladderHeading: "Skills needed", ladder_hint: "The longer the wait, the less may be asked for. Without any step every member may answer.", overflowHeading: "Overflow", overflow_hint: "Done one after the other when nobody has answered by then.", after: "After waiting", skills: "At least these skills", do: "Do", to: "To", addStep: "Add step",
  },
  strategy: { ring_all: "Ring all", longest_idle: "Longest idle", fewest_calls: "Fewest calls", least_talk: "Least talk time", round_robin: "In turn", linear: "In fixed order", random: "Random", weighted: "By weight", sticky: "Who answered last time" },
  overflow: { queue: "Move to another queue", number: "Send to a number", callback: "Offer a callback", apologise: "Apologise and hang up" },
  agent: { page: "Agents and skills", one: "agent", hint: "What each agent can do, and who takes VIPs first.", new: "New agent", change: "Change: {{name}}", account: "Account id", account_hint: "Id of the agent's account", name: "Name shown", skills: "Skills", skills_hint: "Levels 1–10; queues ask for them", vip: "VIP agent", vip_hint: "VIP callers go here first", weight: "Weight", weight_hint: "For “by weight”" },
  extension: {
    page: "Extensions", one: "extension", hint: "The numbers of the house and their phones.", new: "New extension", change: "Change extension {{number}}", number: "Number", kind: "Kind", name: "Name", room: "Room", department: "Department", class: "Class of service", class_hint: "Empty for rooms: by the stay", language: "Language", language_hint: "Such as zh-CN, en", do_not_disturb: "Do not disturb", forward_to: "Forward to",
    forward_when: "Forward when", monitored: "Keep internal calls", monitored_hint: "Its internal calls are kept in the call records too",
  },
  kind: { room: "Room", staff: "Staff", department: "Department", service: "Service", desk: "Switchboard", corridor: "Corridor" },
  forward: { always: "always", busy: "when busy", no_answer: "no answer" },
  device: { title: "Phones", of: "Phones of extension {{number}}", new: "Add a phone", made: "What the phone registers with", label: "Label", kind: "Kind", endpoint: "SIP user", secret: "SIP password", realm: "Realm", rotate: "New password", sureRotate: "Give {{name}} a new password? The old one stops working at once.", sureDelete: "Remove the phone {{name}}?" },
  deviceKind: { sip: "SIP phone", browser: "Browser phone" },
  group: { page: "Groups", one: "group", hint: "Extensions that ring together or pick up each other's calls.", new: "New group", change: "Change group: {{name}}", name: "Name", number: "Number", number_hint: "Dialling it rings the whole group", members: "Extensions", members_hint: "Type a number, then Enter", pickup: "Pick up each other's calls" },
  class: { page: "Classes of service", one: "class", hint: "What kinds of numbers each class may dial.", new: "New class of service", change: "Change class of service: {{name}}", name: "Name", allow: "May dial" },
  numberClass: { emergency: "emergency", internal: "internal", service: "service", free: "free", shared: "shared cost", local: "local", mobile: "mobile", national: "national", regional: "regional", international: "international", premium: "premium" },
  trunk: {
    page: "Trunks", one: "trunk", hint: "The lines to the carriers.", new: "New trunk", change: "Change trunk: {{name}}", name: "Key", carrier: "Carrier", address: "Address", address_hint: "host or host:port", hosts: "Calls come from", hosts_hint: "The carrier's addresses or networks", enabled: "Enabled", order: "Order", order_hint: "Small ones first", limit: "Most calls at once", limit_hint: "0: no limit",
    unlimited: "no limit", register: "Registers", username: "User", secret: "Password", secret_hint: "Empty: the stored one is kept", caller_id_mode: "Caller number shown", caller_id_number: "Fixed number",
  },
  callerId: { main: "Main number", fixed: "Fixed number", extension: "Extension", anonymous: "None" },
  route: {
    page: "Routes", one: "route", hint: "Which trunk an outside call takes; tried in order.", new: "New route", change: "Change route {{prefix}}", order: "Order", prefix: "Prefix", prefix_hint: "Empty: any", class: "Kind of number", any: "any", trunks: "Trunks", trunks_hint: "Tried in the order chosen", change_: "Change", strips: "−{{count}} digits", strip: "Take away digits", add: "Put in front",
    when: "When", always: "always", days: "Days", days_hint: "Empty: every day", from: "From", to: "To", cost: "Cost a minute", cost_hint: "Such as 0.15",
  },
  day: { mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun" },
  did: { page: "Direct numbers", one: "number", hint: "Our numbers that the outside can dial.", new: "New direct number", change: "Change direct number {{number}}", number: "Outside number", to: "Goes to", to_hint: "Extension, group or service number", trunk: "Trunk", anyTrunk: "any", label: "Label" },
  screening: { page: "Screening", one: "entry", hint: "Numbers to refuse, limit or let through; emergency numbers cannot be listed.", new: "New entry", change: "Change entry {{pattern}}", direction: "Direction", pattern: "Number", pattern_hint: "? for any digit, * at the end for any rest", verdict: "Then", scope: "For", scope_hint: "Extension, department or class; empty: the whole house", house: "the whole house", reason: "Reason", by: "Listed by", expires: "Expires" },
  verdict: { allow: "let through", refuse: "refuse", limit: "limit", flag: "flag as malicious" },
  direction: { inbound: "in", outbound: "out", internal: "internal" },
  outcome: { answered: "answered", busy: "busy", no_answer: "no answer", abandoned: "caller gave up", barred: "not allowed", failed: "failed", switch_lost: "switch was lost" },
  record: {
    title: "Call records", one: "Call {{id}}", started: "Started", answered: "Answered", ended: "Ended", direction: "Direction", fromParty: "From", toParty: "To", dialled: "Dialled", trunk: "Trunk", outcome: "Outcome", talk: "Talk time", goingOn: "going on", emergency: "emergency", cause: "Cause", hungUpBy: "Hung up by", reasons: "Why it went so", legs: "Parties",
    role: "Role", number: "Number", extension: "Extension", room: "Room", min_talk: "Shortest talk (s)", max_talk: "Longest talk (s)", monitored: "Monitored", onlyMonitored: "only monitored internal", open: "Going on", onlyOpen: "only going on",
  },
  legRole: { caller: "caller", called: "called", supervisor: "supervisor", invited: "invited", transfer: "transfer" },
  audit: { title: "Audit", seq: "No.", at: "When", who: "Who", what: "What", object: "Object", reason: "Reason", where: "From", before: "Before", after: "After", hash: "Hash", verify: "Verify the chain", good: "The chain is whole: {{rows}} rows", bad: "The chain was changed or cut at row {{seq}} (of {{rows}})" },
  security: { title: "Login security", session: "You are logged out after {{idle}} minutes without action, at the latest {{ends}}.", noLogins: "To see logins takes the right to see accounts; ask the security administrator.", proof: "Confirm your password first" },
};
