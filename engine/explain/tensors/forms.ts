import type { NodeId } from '../../base/brand.ts';
import { isElementwise } from '../../ops/rules.ts';
import type { Applied, AppliedOp } from '../../replay/applied.ts';
import { type Shape, sizeOf } from '../../tensor/shape.ts';
import { reducedDimensions } from './words.ts';

export const isSingle = ({ shape }: Applied): boolean => sizeOf(shape) === 1;

/** The same number everywhere: made of nothing but numbers of the rule, and the 1 that the backward pass starts with. */
export const isUniform = (x: Applied, loss: NodeId): boolean =>
  x.kind === 'number' ||
  (x.kind === 'gradient' && x.node === loss) ||
  (x.kind === 'op' &&
    (x.op === 'expand' || x.op === 'reshape' || isElementwise(x.op)) &&
    x.inputs.every((input) => isUniform(input, loss)));

/** a / b where b may be 0, which then gives 0: the parts of the rule that say so are left to the op's convention. */
export function safeQuotient({ op, inputs }: AppliedOp): readonly [Applied, Applied] | null {
  const [condition, otherwise, quotient] = inputs;
  if (op !== 'where' || condition?.kind !== 'op' || condition.op !== 'equal') return null;
  if (otherwise?.kind !== 'number' || otherwise.value !== 0 || quotient?.kind !== 'op' || quotient.op !== 'div')
    return null;
  const [above, below] = quotient.inputs as [Applied, Applied];
  return below.kind === 'op' && below.op === 'where' ? [above, below.inputs[2]!] : null;
}

export const isTransposition = ({ op, attributes, inputs }: AppliedOp): boolean => {
  if (op !== 'transpose') return false;
  const rank = inputs[0]!.shape.length;
  const dims = [attributes.dim0, attributes.dim1].map((d) => (Number(d) < 0 ? Number(d) + rank : Number(d)));
  return dims.includes(rank - 1) && dims.includes(rank - 2);
};

/** Whether an op only adds or takes away dimensions of one element. */
export function onlyOnes({ op, inputs, shape }: AppliedOp): boolean {
  const without = (sizes: Shape): string => sizes.filter((size) => size !== 1).join();
  return (op === 'reshape' || op === 'expand' || op === 'sum') && without(inputs[0]!.shape) === without(shape);
}

/** A sum over dimensions of which some have one element runs over the others. */
export function withoutOnes(x: AppliedOp): AppliedOp {
  if (x.op !== 'sum') return x;
  const { shape } = x.inputs[0]!;
  return { ...x, attributes: { ...x.attributes, dim: reducedDimensions(x).filter((d) => shape[d] !== 1) } };
}
