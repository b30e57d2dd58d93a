import type { OneTouch } from "../../api/key";
import type { Actions } from "../actions/actions";
import { type Loop, rings } from "../model/loop";

/** Does what a one-touch key says; what needs a call and has none becomes a plain call. */
export function pressTouch(key: OneTouch, selected: Loop | undefined, actions: Actions): void {
  const call = selected && !rings(selected) ? selected.call.id : undefined;
  if (call && key.action === "transfer") void actions.transfer(call, key.number);
  else if (call && key.action === "invite") void actions.invite(call, key.number);
  else void actions.dial(key.number);
}
