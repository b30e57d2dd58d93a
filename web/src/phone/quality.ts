/** How a call sounds, measured from its media statistics. */
export interface Quality {
  /** Round trip, milliseconds; undefined until the other side reported. */
  rtt?: number;
  /** Packets lost on the way here, percent of the last interval. */
  loss: number;
  /** Jitter, milliseconds. */
  jitter: number;
  /** Estimated mean opinion score, 1 (bad) to 4.5. */
  mos: number;
}

export type Grade = "good" | "fair" | "poor";

/** The counters of one reading of getStats that quality is made of. */
export interface Counters {
  received: number;
  lost: number;
  sent: number;
  jitter: number; // seconds
  rtt?: number; // seconds
  energy: number;
}

/** Picks the counters out of a peer connection's statistics. */
export function countersOf(report: Iterable<[string, Record<string, unknown>]>): Counters {
  const counters: Counters = { received: 0, lost: 0, sent: 0, jitter: 0, energy: 0 };
  const number = (value: unknown) => (typeof value === "number" ? value : 0);
  for (const [, row] of report) {
    if (row.type === "inbound-rtp" && row.kind === "audio") {
      counters.received += number(row.packetsReceived);
      counters.lost += number(row.packetsLost);
      counters.jitter = number(row.jitter);
      counters.energy += number(row.totalAudioEnergy);
    } else if (row.type === "outbound-rtp" && row.kind === "audio") counters.sent += number(row.packetsSent);
    else if (row.type === "remote-inbound-rtp" && typeof row.roundTripTime === "number") counters.rtt = row.roundTripTime;
    else if (row.type === "candidate-pair" && row.nominated && counters.rtt === undefined && typeof row.currentRoundTripTime === "number") {
      counters.rtt = row.currentRoundTripTime;
    }
  }
  return counters;
}

/** Quality of the interval between two readings. */
export function qualityBetween(before: Counters | undefined, now: Counters): Quality {
  const lost = Math.max(0, now.lost - (before?.lost ?? 0));
  const received = Math.max(0, now.received - (before?.received ?? 0));
  const loss = lost + received > 0 ? (100 * lost) / (lost + received) : 0;
  const rtt = now.rtt === undefined ? undefined : now.rtt * 1000;
  const jitter = now.jitter * 1000;
  return { rtt, loss, jitter, mos: estimateMos(rtt ?? 0, loss, jitter) };
}

/** The simplified E-model (ITU-T G.107): delay and loss reduce R, R maps to MOS. */
export function estimateMos(rtt: number, loss: number, jitter: number): number {
  const delay = rtt / 2 + jitter * 2 + 10; // the jitter buffer and the codec add theirs
  const r = Math.max(0, 93.2 - (delay < 160 ? delay / 40 : (delay - 120) / 10) - 2.5 * loss);
  const mos = 1 + 0.035 * r + 7e-6 * r * (r - 60) * (100 - r);
  return Math.min(4.5, Math.max(1, mos));
}

export function gradeOf(mos: number): Grade {
  return mos >= 4 ? "good" : mos >= 3.4 ? "fair" : "poor";
}
