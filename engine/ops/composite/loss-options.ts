import { optionsOf } from '../../autograd/options.ts';
import type { Tensor } from '../../autograd/tensor.ts';
import { ArgumentError, describeValue } from '../../tensor/errors.ts';

/** What becomes of the losses of single elements or samples. */
export interface LossOptions {
  readonly reduction?: 'mean' | 'sum' | 'none';
}

/** @throws RangeError for a reduction that does not exist; ArgumentError for another option. */
export function reduced(loss: string, losses: Tensor, options: LossOptions): Tensor {
  const { reduction } = optionsOf<Required<LossOptions>>(loss, options, { reduction: 'mean' });
  switch (reduction) {
    case 'none':
      return losses;
    case 'sum':
      return losses.sum();
    case 'mean':
      return losses.mean();
    default:
      throw new RangeError(`${loss}: reduction must be "mean", "sum" or "none", not ${JSON.stringify(reduction)}.`);
  }
}

/** @throws ArgumentError for an argument in the place of options, such as a width. */
export function requireLossOptions(loss: string, options: unknown, setting: string): void {
  if (typeof options === 'object' && options !== null) return;
  throw new ArgumentError(`${loss}: options are an object such as { ${setting}: 0.5 }, not ${describeValue(options)}.`);
}

/** @throws RangeError unless a loss' setting is a number above 0, or at least 0 where 0 has a meaning. */
export function checkWidth(loss: string, name: string, value: number, zeroToo: boolean): void {
  if (!(value > 0 || (zeroToo && value === 0)))
    throw new RangeError(`${loss}: ${name} must be ${zeroToo ? 'at least' : 'above'} 0, not ${value}.`);
}
