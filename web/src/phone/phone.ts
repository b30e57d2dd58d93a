import type { RTCSession } from "jssip/lib/RTCSession";
import type { UA } from "jssip";

import type { PhoneCredential } from "../api/seat";
import { microphoneWish } from "./devices";
import { readInvitation } from "./invite";
import { TabLock } from "./lock";
import { Media } from "./media";
import { type Counters, countersOf, qualityBetween } from "./quality";
import { Ringer } from "./ring";
import { type PhoneCall, type PhoneState, type Registration, silent } from "./state";

/** JsSIP's word of a new session. */
interface Arrival {
  originator: string;
  session: RTCSession;
  request: Headers;
}

interface Headers {
  getHeader(name: string): string | undefined;
}

/** The media end of the operator's calls: it registers, rings, answers and mutes; the controller does the rest. */
export class Phone {
  readonly ringer = new Ringer();
  private readonly lock = new TabLock();
  private readonly media = new Media();
  private readonly sessions = new Map<string, RTCSession>();
  private readonly counters = new Map<string, Counters>();
  private readonly listeners = new Set<() => void>();
  private state: PhoneState = silent;
  private agent: UA | undefined;
  private generation = 0;
  private measuring: ReturnType<typeof setInterval> | undefined;

  get(): PhoneState {
    return this.state;
  }

  onChange(tell: () => void): () => void {
    this.listeners.add(tell);
    return () => this.listeners.delete(tell);
  }

  /** Takes the phone for this tab; false when another tab has it and it was not to be taken over. */
  async claim(takeOver: boolean): Promise<boolean> {
    const mine = await this.lock.take(takeOver, () => this.stop("other_tab"));
    if (!mine) this.become("other_tab");
    else if (this.state.registration !== "registered") this.become("connecting"); // whoever looks now must not sign on, too
    return mine;
  }

  /** Registers with a fresh credential. JsSIP reconnects by itself with growing waits. */
  async start(credential: PhoneCredential): Promise<void> {
    this.stop("connecting", false);
    const generation = ++this.generation;
    const JsSIP = await import("jssip");
    if (generation !== this.generation) return;
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    const agent = new JsSIP.UA({
      sockets: [new JsSIP.WebSocketInterface(`${scheme}://${location.host}${credential.url}`)],
      uri: `sip:${credential.user}@bellhop`,
      authorization_user: credential.user,
      password: credential.secret,
      realm: credential.realm,
      register: true,
      register_expires: 120,
      session_timers: false,
      connection_recovery_min_interval: 1,
      connection_recovery_max_interval: 8,
      user_agent: "Bellhop",
    });
    this.agent = agent;
    agent.on("registered", () => this.become("registered"));
    agent.on("disconnected", () => this.agent === agent && this.become("lost"));
    agent.on("registrationFailed", (failure) => this.agent === agent && this.refused(failure.response?.status_code));
    agent.on("newRTCSession", ({ session, request, originator }: Arrival) => {
      if (originator === "remote") this.ring(session, request);
    });
    agent.start();
    this.measuring = setInterval(() => void this.measure(), 2000);
  }

  /** Unregisters and ends all media. */
  stop(registration: Registration = "off", dropLock = true): void {
    this.generation++;
    clearInterval(this.measuring);
    const agent = this.agent;
    this.agent = undefined;
    agent?.stop();
    for (const id of [...this.sessions.keys()]) this.forget(id);
    if (dropLock) this.lock.drop();
    this.become(registration);
  }

  /** Answers the session of a call; false when it does not ring here. */
  answer(call: string): boolean {
    const ringing = this.state.calls.find((each) => each.call === call && each.state === "ringing");
    if (!ringing) return false;
    this.pickUp(ringing.id);
    return true;
  }

  /** Ends the media of a call without the controller, when it cannot be reached. */
  abandon(call: string): void {
    for (const each of this.state.calls) if (each.call === call) this.sessions.get(each.id)?.terminate();
  }

  setMuted(call: string, muted: boolean): void {
    for (const each of this.state.calls) {
      if (each.call !== call) continue;
      const session = this.sessions.get(each.id);
      if (muted) session?.mute({ audio: true });
      else session?.unmute({ audio: true });
      this.change(each.id, { muted });
    }
  }

  /** Raw counters of all calls, for tests that measure audio. */
  async stats(): Promise<({ call: string } & Counters)[]> {
    return Promise.all(
      this.state.calls.map(async ({ id, call }) => ({ call, ...(await this.read(id)) })),
    );
  }

  private ring(session: RTCSession, request: Headers): void {
    const { call, auto } = readInvitation((name) => request.getHeader(name));
    const id = session.id;
    const from = session.remote_identity;
    this.sessions.set(id, session);
    session.on("peerconnection", ({ peerconnection }) => this.media.attach(id, peerconnection));
    session.on("confirmed", () => this.change(id, { state: "up" }));
    session.on("ended", () => this.forget(id));
    session.on("failed", () => this.forget(id));
    session.on("getusermediafailed", () => this.set({ ...this.state, microphone: "denied" }));
    // Host candidates are enough on the hotel's network; waiting for more costs a second of silence.
    session.on("icecandidate", ({ ready }) => void setTimeout(ready, 150));
    const fresh: PhoneCall = { id, call, auto, state: "ringing", number: from.uri.user, name: from.display_name ?? "", since: new Date().toISOString(), muted: false };
    this.set({ ...this.state, calls: [...this.state.calls, fresh] });
    if (auto) this.pickUp(id);
  }

  private pickUp(id: string): void {
    this.change(id, { state: "answering" });
    this.sessions.get(id)?.answer({ mediaConstraints: microphoneWish(), pcConfig: { iceServers: [] } });
  }

  private refused(status: number | undefined): void {
    // Another sign-on of the same seat made our secret invalid: trying again would only lock the account.
    if (status === 401 || status === 403) this.stop("replaced");
    else this.become("lost");
  }

  private forget(id: string): void {
    this.sessions.delete(id);
    this.counters.delete(id);
    this.media.detach(id);
    this.set({ ...this.state, calls: this.state.calls.filter((each) => each.id !== id) });
  }

  private async read(id: string): Promise<Counters> {
    const report = await this.sessions.get(id)?.connection?.getStats();
    return countersOf((report ?? new Map()) as unknown as Iterable<[string, Record<string, unknown>]>);
  }

  private async measure(): Promise<void> {
    for (const { id, state } of this.state.calls) {
      if (state !== "up") continue;
      const now = await this.read(id).catch(() => undefined);
      if (!now) continue;
      this.change(id, { quality: qualityBetween(this.counters.get(id), now) });
      this.counters.set(id, now);
    }
  }

  private change(id: string, part: Partial<PhoneCall>): void {
    const microphone = part.state === "up" ? "ok" : this.state.microphone;
    this.set({ ...this.state, microphone, calls: this.state.calls.map((each) => (each.id === id ? { ...each, ...part } : each)) });
  }

  private become(registration: Registration): void {
    this.set({ ...this.state, registration });
  }

  private set(next: PhoneState): void {
    this.state = next;
    const rings = next.calls.some((each) => each.state === "ringing" && !each.auto);
    const talks = next.calls.some((each) => each.state === "up");
    this.ringer.set(!rings ? "off" : talks ? "beep" : "ring");
    this.listeners.forEach((tell) => tell());
  }
}
