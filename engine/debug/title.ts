import { t } from '../base/l10n.ts';
import type { Playback } from './playback.ts';

/** Where a session stands, for a list of threads: `chain · backward pass, step 3 of 14`. */
export function titleOf({ graph, stepper }: Playback): string {
  const { timeline, position } = stepper;
  const { forwardLength, length } = timeline;
  const { name } = graph.pass;
  if (position >= length) return t('{0} · done', name);
  if (position < forwardLength) return t('{0} · forward pass, op {1} of {2}', name, position + 1, forwardLength);
  return t('{0} · backward pass, step {1} of {2}', name, position - forwardLength + 1, length - forwardLength);
}
