import type { Alert } from "../api/alert";
import type { Call } from "../api/call";
import type { Caller } from "../api/caller";
import type { Extension } from "../api/extension";
import type { Parked } from "../api/parked";
import type { QueueState } from "../api/queue";
import type { Seat } from "../api/seat";
import type { Status } from "../api/status";
import type { Trunk } from "../api/trunk";

/** What the controller tells live: topic → the objects under its keys. */
export interface Topics {
  seats: Seat;
  queues: QueueState;
  callers: Caller;
  parked: Parked;
  calls: Call;
  extensions: Extension;
  trunks: Trunk;
  alerts: Alert;
  status: Status;
}

export type Topic = keyof Topics;
