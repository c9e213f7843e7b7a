import type { Repair } from './draft.ts';
import { libraryCall } from './library-call.ts';

const epsilon = '.add(1e-6)';

/** `a.div(b)`  →  `a.div(b.add(1e-6))`, `rsqrt(x)`  →  `rsqrt(x.add(1e-6))`, `x.log()`  →  `x.add(1e-6).log()`. */
export const addEpsilon: Repair<'epsilon'> = (draft, { at }) => {
  const call = draft.callAt(at);
  const found = call && libraryCall(draft, call);
  if (!found) return false;
  const { name, subject, rest } = found;
  const divisor =
    name === 'div' && rest.length === 1 ? rest[0]! : rest.length === 0 && ofOne.has(name) ? subject : null;
  if (divisor === null) return false;
  draft.append(divisor, epsilon);
  return true;
};

const ofOne: ReadonlySet<string> = new Set(['reciprocal', 'rsqrt', 'log', 'log2', 'log10', 'sqrt']);
