import { isDifferentiable } from '../ops/rules.ts';
import { checkAttributes } from '../ops/check-attributes.ts';
import { ops } from '../ops/index.ts';
import type { OpName } from '../ops/index.ts';
import { resultShape, resultType } from '../ops/result.ts';
import { runtime } from '../tensor/current-runtime.ts';
import { isFloat } from '../tensor/dtype.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { rememberCut } from './cuts.ts';
import { isRecording } from './grad-mode.ts';
import { shortcuts } from './shortcuts.ts';
import { Tensor } from './tensor.ts';

const none: Attributes = {};

/**
 * Makes one node: decides shape and dtype, says whether it takes part in the gradient, and hands it to the runtime.
 * @throws ShapeError when the op's shape rule does not hold.
 */
export function apply(name: OpName, inputs: readonly Tensor[], attributes: Attributes = none): Tensor {
  if (shortcuts === null) return make(name, inputs, attributes);
  return shortcuts.apply(name, inputs, attributes, () => make(name, inputs, attributes));
}

function make(name: OpName, inputs: readonly Tensor[], attributes: Attributes): Tensor {
  const op = ops[name]!;
  if (attributes !== none) checkAttributes(op, attributes);
  const shape = resultShape(op, inputs, attributes);
  const dtype = resultType(op, inputs);
  const requiresGrad =
    isRecording() && isFloat(dtype) && inputs.some((input, i) => input.requiresGrad && isDifferentiable(name, i));
  const what = { shape, dtype, requiresGrad };
  const made = new Tensor(
    runtime().apply(
      name,
      inputs.map((input) => input.handle),
      attributes,
      what,
    ),
    what,
  );
  if (!requiresGrad && isRecording()) rememberCut(made, name, inputs);
  return made;
}
