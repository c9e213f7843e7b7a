import { apply } from '../../engine/autograd/apply.ts';
import { type Tensor, tensor } from '../../engine/library.ts';
import type { OpDefinition, Sample } from '../../engine/ops/define.ts';
import { type OpName, ops } from '../../engine/ops/index.ts';
import type { OpRow } from './functions-page.ts';
import { type TensorFunction, checkGradient, checkSecond, drawn } from './measure.ts';

/** Tries ops of the register, other than those named, with their own samples. */
export const tryOpsBut = (known: ReadonlySet<string>): OpRow[] =>
  Object.values(ops)
    .filter(({ name }) => !known.has(name))
    .map((op) => ({
      op,
      gradients: op.samples.map((sample) => checkGradient(...applied(op, sample))),
      seconds: op.samples.map((sample) => {
        const [f, given] = applied(op, sample);
        return checkGradient(f, given) === 'none' ? 'none' : checkSecond(f, given);
      }),
    }));

/** A sample as a function of its arguments; indices are the sample's own, and none. */
function applied({ name }: OpDefinition, sample: Sample): Parameters<typeof checkGradient> {
  const fixed = sample.shapes.map((shape, k): Tensor | null => {
    const content = sample.contents?.[k];
    return content ? tensor(content, { dtype: 'int32' }).reshape(shape) : null;
  });
  const given = sample.shapes.flatMap((shape, k) => (fixed[k] ? [] : [drawn(shape, k, sample.range)]));
  const f: TensorFunction = (...xs) => {
    const rest = [...xs];
    return apply(
      name as OpName,
      fixed.map((one) => one ?? rest.shift()!),
      sample.attributes ?? {},
    );
  };
  return [f, given];
}
