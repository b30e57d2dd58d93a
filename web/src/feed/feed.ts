import type { Frame, Subscribe } from "./message";
import { Table } from "./table";
import type { Topic, Topics } from "./topic";

/** How fresh the page is: before the first hello, fresh, or stale. */
export type Link = "connecting" | "live" | "lost";

/** Silence after which what is shown counts as stale, in milliseconds. */
export const silence = 2000;

/**
 * The state of the live feed without its socket: what frames do to the tables and
 * to the link. Pure but for its listeners, so that tests need no network.
 */
export class Feed {
  private readonly tables = new Map<Topic, Table<unknown>>();
  /** What the page follows; it only grows, so that dialogs may come and go. */
  private readonly wanted = new Set<Topic>();
  /** Topics whose snapshot is still to come. */
  private readonly awaited = new Set<Topic>();
  private readonly tellLink = new Set<() => void>();
  private epoch = "";
  private greeted = false;
  private asking = false;
  private heard = 0;
  private state: Link = "connecting";
  /** The controller's program; another one than at first means that this page is old. */
  version = "";
  outdated = false;
  /** How far the controller's clock is ahead of the page's, in milliseconds. */
  skew = 0;
  /** Set by the socket: sends a frame if it is open. */
  send: (frame: Subscribe) => void = () => undefined;
  /** Runs what a whole page render asked for at once: the controller limits how often it is asked. */
  soon: (ask: () => void) => void = (ask) => queueMicrotask(ask);

  table<K extends Topic>(topic: K): Table<Topics[K]> {
    let table = this.tables.get(topic);
    if (!table) this.tables.set(topic, (table = new Table<unknown>()));
    return table as Table<Topics[K]>;
  }

  link(): Link {
    return this.state;
  }

  onLink(tell: () => void): () => void {
    this.tellLink.add(tell);
    return () => this.tellLink.delete(tell);
  }

  /** Follows a topic from now on. */
  want(topic: Topic): void {
    if (this.wanted.has(topic)) return;
    this.wanted.add(topic);
    this.awaited.add(topic);
    this.ask();
  }

  /** The socket opened; the controller greets first. */
  opened(now: number): void {
    this.greeted = false;
    this.heard = now;
  }

  /** The socket closed. */
  closed(): void {
    this.greeted = false;
    if (this.state === "live") this.become("lost");
  }

  /** Looks at the clock; true when the link has just gone silent and the socket should be opened anew. */
  watch(now: number): boolean {
    if (this.state !== "live" || now - this.heard < silence) return false;
    this.become("lost");
    return true;
  }

  /** Takes in one frame that arrived at `now`. */
  take(frame: Frame, now: number): void {
    this.heard = now;
    if (frame.hello) this.greet(frame.hello);
    if (frame.at) this.skew = Date.parse(frame.at) - now || 0;
    if (frame.topic) this.takeTopic(frame.topic as Topic, frame);
    // Whatever was missed has come when every topic has answered; a beat proves that time runs on.
    if (frame.beat !== undefined && this.greeted && this.awaited.size === 0) this.become("live");
  }

  private greet({ epoch, version }: { epoch: string; version: string }): void {
    if (this.epoch !== epoch) for (const table of this.tables.values()) table.forgetPlace();
    this.epoch = epoch;
    if (this.version && this.version !== version) this.outdated = true;
    this.version ||= version;
    this.greeted = true;
    // The controller confirms each topic, news or not.
    for (const topic of this.wanted) this.awaited.add(topic);
    this.ask();
  }

  private takeTopic(topic: Topic, frame: Frame): void {
    const table = this.table(topic);
    table.refused = frame.refused !== undefined;
    if (table.refused || table.take(frame)) {
      this.awaited.delete(topic);
      return;
    }
    this.awaited.add(topic);
    this.ask();
  }

  /** Asks for everything wanted: a wish replaces the one before it. */
  private ask(): void {
    if (this.asking || !this.greeted) return;
    this.asking = true;
    this.soon(() => {
      this.asking = false;
      const since: Record<string, number> = {};
      // 0 asks for everything even where the controller believes that we have it. What we know and do not await, it knows too.
      for (const topic of this.awaited) since[topic] = this.table(topic).seq;
      if (this.wanted.size > 0) this.send({ subscribe: [...this.wanted], since, epoch: this.epoch });
    });
  }

  private become(next: Link): void {
    if (this.state === next) return;
    this.state = next;
    this.tellLink.forEach((tell) => tell());
  }
}
