import type { Permission } from "../../api/session";

/** What a supervisor can do to a seat; the names are in the buttons' data-testid. */
export type Deed = "listen" | "whisper" | "barge" | "take" | "stop" | "release" | "ready" | "pause" | "signoff";

interface Rule {
  needs: Permission;
  /** Only while the agent is in a call. */
  inCall: boolean;
  /** "must": nothing happens without a reason; "may": asked, not insisted on; "never": done at once. */
  reason: "must" | "may" | "never";
}

export const rules: Record<Deed, Rule> = {
  listen: { needs: "desk.listen", inCall: true, reason: "never" },
  whisper: { needs: "desk.listen", inCall: true, reason: "never" },
  barge: { needs: "desk.intervene", inCall: true, reason: "may" },
  take: { needs: "desk.intervene", inCall: true, reason: "may" },
  stop: { needs: "desk.listen", inCall: false, reason: "never" },
  release: { needs: "desk.intervene", inCall: true, reason: "must" },
  ready: { needs: "desk.force", inCall: false, reason: "must" },
  pause: { needs: "desk.force", inCall: false, reason: "must" },
  signoff: { needs: "desk.force", inCall: false, reason: "must" },
};

export const monitoring: Deed[] = ["listen", "whisper", "barge", "take", "stop"];
export const forcing: Deed[] = ["release", "ready", "pause", "signoff"];
