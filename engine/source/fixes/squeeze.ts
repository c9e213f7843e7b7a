import type { Repair } from './draft.ts';
import { libraryCall } from './library-call.ts';

/** `p.sub(t)`  →  `p.squeeze(1).sub(t)`: of a [n, 1] and a [n] the first loses its dimension. */
export const squeeze: Repair<'squeeze'> = (draft, { at, op, side, dim }) => {
  const call = draft.callAt(at);
  const found = call && libraryCall(draft, call);
  const [other] = found?.rest ?? [];
  if (found?.name !== op || found.rest.length !== 1 || other === undefined) return false;
  draft.append(side === 'left' ? found.subject : other, `.squeeze(${dim})`);
  return true;
};
