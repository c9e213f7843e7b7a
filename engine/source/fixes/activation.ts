import type { Repair } from './draft.ts';
import { libraryCall, rename } from './library-call.ts';

/** `z.sigmoid()`  →  `z.relu()`, `relu(z)`  →  `leakyRelu(z)`. */
export const activation: Repair<'activation'> = (draft, { at, from, to }) => {
  const call = draft.callAt(at);
  const found = call && libraryCall(draft, call);
  return found?.name === from && found.rest.length === 0 && rename(draft, found, to);
};
