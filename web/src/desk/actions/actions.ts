import type { TFunction } from "i18next";

import { calls } from "../../api/call";
import { type Parked, parked } from "../../api/parked";
import { ApiError } from "../../api/problem";
import { phone } from "../../phone/use";
import type { DeskView } from "../model/desk";
import { noteHanded } from "../model/handed";
import { type Loop, rings, speaks } from "../model/loop";
import { type Consultation, endSearch, type Purpose, screen } from "../model/screen";

/** What the actions need of the page: the calls as they are now, and ways to speak to the operator. */
export interface Surroundings {
  view: () => DeskView;
  parked: () => readonly Parked[];
  tell: (problem: unknown) => void;
  say: (text: string) => void;
  t: TFunction;
}

/** All that an operator can do to calls. Every failure is told to the operator; nothing throws. */
export class Actions {
  constructor(private readonly page: Surroundings) {}

  /** F2: a recall first, it has waited twice. */
  answerNext(): Promise<void> {
    const { loops } = this.page.view();
    return this.answer(loops.find((loop) => loop.state === "recall") ?? loops.find(rings));
  }

  answer(loop: Loop | undefined): Promise<void> {
    return this.attempt(async () => {
      if (!loop || !rings(loop)) return this.say("nothingRings");
      await this.freeHands();
      if (!phone.answer(loop.call.id)) return this.say("noPhone");
      screen.set({ selected: loop.call.id });
    });
  }

  release(loop = this.page.view().selected): Promise<void> {
    return this.attempt(async () => {
      if (!loop) return this.say("noCall");
      if (rings(loop) && loop.session) return phone.abandon(loop.call.id);
      try {
        await (loop.state === "barging" ? calls.barge(loop.call.id, false) : calls.release(loop.call.id));
      } catch (problem) {
        // The operator must always be able to hang up, even without the controller.
        if (problem instanceof ApiError && ["network", "unavailable", "not_found"].includes(problem.code)) phone.abandon(loop.call.id);
        throw problem;
      }
    });
  }

  /** F6: holds, or retrieves what is held. */
  hold(loop = this.page.view().selected): Promise<void> {
    return this.attempt(async () => {
      if (!loop) return this.say("noCall");
      if (loop.state !== "held") return calls.hold(loop.call.id);
      await this.freeHands(loop.call.id);
      await calls.retrieve(loop.call.id);
    });
  }

  transfer(call: string, number: string): Promise<void> {
    return this.attempt(async () => {
      await calls.transfer(call, number);
      noteHanded(call, { how: "transfer", to: number });
      this.say("transferred", { number });
    });
  }

  dial(number: string, callback?: string): Promise<void> {
    return this.attempt(async () => {
      await this.freeHands();
      const { call } = await calls.dial(number, callback);
      screen.set({ selected: call });
    });
  }

  /** Calls somebody while the caller waits on hold. */
  consult(first: string, number: string): Promise<void> {
    return this.attempt(async () => {
      await this.freeHands();
      const { call } = await calls.dial(number);
      screen.set({ selected: call, consultation: { first, second: call } });
    });
  }

  /** The consultation under way, if both its calls still live. */
  consultation(): Consultation | undefined {
    const pair = screen.get().consultation;
    const lives = (id: string) => this.page.view().loops.some((loop) => loop.call.id === id);
    return pair && lives(pair.first) && lives(pair.second) ? pair : undefined;
  }

  /** F8: begins a consultation or, when one is under way, ends it by joining both. */
  consultOrHand(): Promise<void> {
    const pair = this.consultation();
    if (!pair) return Promise.resolve(this.seek("consult"));
    return this.attempt(async () => {
      await calls.hand(pair.first, pair.second);
      screen.set({ consultation: undefined });
    });
  }

  /** F9: makes a consultation, or a talking and a held call, one conference; else invites somebody. */
  confer(): Promise<void> {
    const { loops } = this.page.view();
    const pair = this.consultation();
    if (pair) return this.join(pair.first, pair.second);
    const talking = loops.find(speaks);
    const held = loops.find((loop) => loop.state === "held");
    return talking && held ? this.join(talking.call.id, held.call.id) : Promise.resolve(this.seek("invite"));
  }

  join(first: string, second: string): Promise<void> {
    return this.attempt(() => calls.confer(first, second));
  }

  invite(call: string, number: string): Promise<void> {
    return this.attempt(() => calls.invite(call, [number]));
  }

  inviteGroup(call: string, group: string): Promise<void> {
    return this.attempt(() => calls.inviteGroup(call, group));
  }

  dropParty(call: string, leg: string): Promise<void> {
    return this.attempt(() => calls.dropParty(call, leg));
  }

  press(call: string, digits: string): Promise<void> {
    return this.attempt(() => calls.keys(call, digits));
  }

  park(call: string, note: string, forWhom: string): Promise<void> {
    return this.attempt(async () => {
      await calls.park(call, note || undefined, forWhom || undefined);
      noteHanded(call, { how: "park", to: forWhom });
    });
  }

  pull(call: string): Promise<void> {
    return this.attempt(async () => {
      await this.freeHands();
      await parked.pull(call);
      screen.set({ selected: call });
    });
  }

  pullOldest(): Promise<void> {
    const oldest = [...this.page.parked()].sort((a, b) => a.at.localeCompare(b.at))[0];
    return oldest ? this.pull(oldest.call) : Promise.resolve(this.say("nothingParked"));
  }

  mute(): void {
    const session = this.page.view().loops.find(speaks)?.session;
    if (session) phone.setMuted(session.call, !session.muted);
    else this.say("noCall");
  }

  /** 强插: takes part in other people's call. */
  barge(call: string): Promise<void> {
    return this.attempt(async () => {
      await this.freeHands();
      await calls.barge(call, true);
    });
  }

  /** 强拆: ends other people's call. */
  forceRelease(call: string, reason: string): Promise<void> {
    return this.attempt(() => calls.forceRelease(call, reason || undefined));
  }

  /** Opens the search for a purpose; without a call there is nothing to transfer. */
  seek(purpose: Purpose): void {
    if (purpose !== "dial" && !this.page.view().selected) return this.say("noCall");
    screen.set({ purpose, row: 0, query: "" });
    document.getElementById("desk-search")?.focus();
  }

  /** Does with a number what the search was opened for. */
  use(number: string, purpose: Purpose): Promise<void> {
    const call = this.page.view().selected?.call.id;
    endSearch();
    (document.activeElement as HTMLElement | null)?.blur();
    if (!call || purpose === "dial") return this.dial(number);
    if (purpose === "transfer") return this.transfer(call, number);
    return purpose === "consult" ? this.consult(call, number) : this.invite(call, number);
  }

  /** Puts whoever I speak with on hold, so that they do not hear the next call. */
  private async freeHands(except?: string): Promise<void> {
    for (const loop of this.page.view().loops) if (speaks(loop) && loop.call.id !== except) await calls.hold(loop.call.id);
  }

  private say(what: string, values?: Record<string, string>): void {
    this.page.say(this.page.t(`desk.say.${what}`, values));
  }

  private async attempt(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (problem) {
      this.page.tell(problem);
    }
  }
}
