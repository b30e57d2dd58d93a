import { describe, expect, it } from "vitest";

import { formOf, newQueue, queueOf } from "./value";

describe("a queue in the form", () => {
  it("comes back as it was", () => expect(queueOf(formOf(newQueue))).toEqual(newQueue));
  it("shows the share in percent", () => expect(formOf({ ...newQueue, target: { ...newQueue.target, share: 0.805 } }).target.percent).toBe(80.5));
  it("sorts steps by time and forgets a destination that is not used", () => {
    const form = { ...formOf(newQueue), overflow: [{ after_seconds: 60, do: "callback" as const, to: "8001" }, { after_seconds: 30, do: "number" as const, to: " 8002 " }] };
    expect(queueOf(form).overflow).toEqual([{ after_seconds: 30, do: "number", to: "8002" }, { after_seconds: 60, do: "callback", to: "" }]);
  });
});
