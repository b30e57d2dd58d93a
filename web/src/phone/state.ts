import type { Quality } from "./quality";

/** Where the soft phone stands with the switch. */
export type Registration = "off" | "connecting" | "registered" | "lost" | "replaced" | "other_tab";

/** One media session of the soft phone. */
export interface PhoneCall {
  /** The session's own id. */
  id: string;
  /** The controller's call, from X-Bellhop-Call; empty if the INVITE named none. */
  call: string;
  state: "ringing" | "answering" | "up";
  /** Answered by itself, as the INVITE asked. */
  auto: boolean;
  /** Who the INVITE says is calling, until the feed knows better. */
  number: string;
  name: string;
  /** When the INVITE came. */
  since: string;
  muted: boolean;
  quality?: Quality;
}

export interface PhoneState {
  registration: Registration;
  calls: readonly PhoneCall[];
  /** The microphone was refused or is gone. */
  microphone: "ok" | "denied" | "missing";
}

export const silent: PhoneState = { registration: "off", calls: [], microphone: "ok" };
