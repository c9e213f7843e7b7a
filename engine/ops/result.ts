import { type DType, isFloat, promote } from '../tensor/dtype.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { type Shape, sameShape } from '../tensor/shape.ts';
import type { OpDefinition } from './define.ts';

interface Shaped {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** The shape of what an op makes. @throws ShapeError when the op's shape rule does not hold. */
export function resultShape(op: OpDefinition, inputs: readonly Shaped[], attributes: Attributes): Shape {
  const [first, second] = inputs;
  // The most frequent cases, without a list for the rule to read.
  if (op.elementwise && (inputs.length === 1 || (inputs.length === 2 && sameShape(first!.shape, second!.shape))))
    return first!.shape;
  return op.shape(
    inputs.map((input) => input.shape),
    attributes,
  );
}

/** The dtype of what an op makes. */
export function resultType({ result, inputs: names, choosers }: OpDefinition, inputs: readonly Shaped[]): DType {
  if (result === 'bool' || result === 'int32') return result;
  let promoted: DType | null = null;
  for (let i = 0; i < inputs.length; i++) {
    // A condition or an index chooses, it is not part of the result.
    if (choosers.length > 0 && choosers.includes(names[i]!)) continue;
    const { dtype } = inputs[i]!;
    promoted = promoted === null ? dtype : promote(promoted, dtype);
  }
  if (promoted === null) return 'float32';
  if (result === 'count') return promoted === 'bool' ? 'int32' : promoted;
  return result === 'promote' || isFloat(promoted) ? promoted : promote(promoted, 'float32');
}
