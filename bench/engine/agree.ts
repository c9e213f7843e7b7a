import type { Checked } from './workloads.ts';

/** The largest relative difference of loss and gradient norms from the reference, with the name of what differs most. */
export function distance(found: Checked, reference: Checked): { readonly worst: number; readonly of: string } {
  let [worst, of] = [apart(found.loss, reference.loss), 'loss'];
  for (const [name, norm] of Object.entries(reference.norms)) {
    const difference = apart(found.norms[name] ?? NaN, norm);
    // NaN, from a gradient that is missing or went wrong, is further away than any number.
    if (!(difference <= worst)) [worst, of] = [difference, `the gradient of ${name}`];
    if (Number.isNaN(worst)) break;
  }
  return { worst, of };
}

const apart = (x: number, y: number): number => Math.abs(x - y) / Math.abs(y);
