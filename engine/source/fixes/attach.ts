import type { Repair } from './draft.ts';
import { libraryCall, unwrap } from './library-call.ts';

/** `w.mul(x).detach()`  →  `w.mul(x)`. */
export const attach: Repair<'attach'> = (draft, { at }) => {
  const call = draft.callAt(at);
  const detach = call && libraryCall(draft, call);
  return detach?.name === 'detach' && detach.rest.length === 0 && unwrap(draft, detach);
};
