/** A frame from the controller; exactly one of its forms. */
export interface Frame {
  hello?: { epoch: string; version: string };
  beat?: number;
  /** The controller's time with a beat: the page's clock may be wrong. */
  at?: string;
  topic?: string;
  seq?: number;
  all?: Record<string, unknown>;
  set?: Record<string, unknown>;
  drop?: string[];
  refused?: string;
}

/** The one frame that the page sends. */
export interface Subscribe {
  subscribe: string[];
  /** Where we are in each topic, so that the controller sends only what we missed. */
  since?: Record<string, number>;
  epoch?: string;
}

/** Reads a frame; undefined when it is not one (never throws: the wire is hostile). */
export function readFrame(text: unknown): Frame | undefined {
  if (typeof text !== "string") return undefined;
  try {
    const parsed: unknown = JSON.parse(text);
    return parsed && typeof parsed === "object" && !Array.isArray(parsed) ? (parsed as Frame) : undefined;
  } catch {
    return undefined;
  }
}
