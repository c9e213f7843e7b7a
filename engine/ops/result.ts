import { type DType, isFloat, promote } from '../tensor/dtype.ts';
import type { OpName } from './index.ts';
import { ops } from './index.ts';

/** The dtype of what an op makes of inputs of these dtypes. */
export function resultType(name: OpName, dtypes: readonly DType[]): DType {
  const { result, inputs, choosers } = ops[name]!;
  if (result === 'bool' || result === 'int32') return result;
  // A condition or an index chooses, it is not part of the result.
  const counted = choosers.length === 0 ? dtypes : dtypes.filter((_, i) => !choosers.includes(inputs[i]!));
  const promoted = counted.reduce(promote);
  return result === 'promote' || isFloat(promoted) ? promoted : promote(promoted, 'float32');
}
