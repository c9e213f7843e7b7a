import type { NodeId } from '../../base/brand.ts';
import { type Expression, call, minus, negative, number, over, times } from '../../expression/expression.ts';
import {
  type ClosedForm,
  type Composite,
  closed,
  collect,
  notClosed,
  only,
  partsOf,
  perElement,
  summedTo,
  unreduced,
  upstream,
} from './closed-form.ts';

/** (σ(x) − t) / N, and −x / N for the target. */
export const bceWithLogits: ClosedForm = (composite) => {
  const losses = unreduced(composite);
  const product = only(composite, 'mul');
  if (losses.op !== 'sub' || !product) return notClosed;
  const [x, t] = product.inputs as [NodeId, NodeId];
  const [logits, target] = [composite.written(x), composite.written(t)];
  const outer = perElement(composite);
  return collect(
    [x, closed(summedTo(composite, x, times(outer, minus(call('sigmoid', logits), target)), losses.shape))],
    [t, closed(summedTo(composite, t, times(outer, negative(logits)), losses.shape))],
  );
};

/** With d = ŷ − y: d where |d| ≤ δ, else δ·sign(d); over N. */
export const huberLoss: ClosedForm = (composite) => {
  const bound = only(composite, 'lessEqual');
  return bound ? bent(composite, bound.inputs[1]!, (d, delta) => [d, times(delta, call('sign', d))]) : notClosed;
};

/** With d = ŷ − y: d / β where |d| < β, else sign(d); over N. */
export const smoothL1Loss: ClosedForm = (composite) => {
  const bound = only(composite, 'less');
  return bound ? bent(composite, bound.inputs[1]!, (d, beta) => [over(d, beta), call('sign', d)]) : notClosed;
};

function bent(
  composite: Composite,
  width: NodeId,
  pieces: (d: Expression, width: Expression) => readonly [near: Expression, far: Expression],
): ReturnType<ClosedForm> {
  const difference = partsOf(composite, 'sub')[0];
  const choice = unreduced(composite);
  if (!difference || choice.op !== 'where') return notClosed;
  const [p, t] = difference.inputs as [NodeId, NodeId];
  const d = minus(composite.written(p), composite.written(t));
  const compared = composite.node(choice.inputs[0]!).op;
  const slope = call(
    'where',
    call(compared, call('abs', d), composite.written(width)),
    ...pieces(d, composite.written(width)),
  );
  const whole = times(perElement(composite), slope);
  return collect(
    [p, closed(summedTo(composite, p, whole, choice.shape))],
    [t, closed(summedTo(composite, t, negative(whole), choice.shape))],
  );
}

/** ȳ ⊙ [kept] / (1 − p): what was dropped gets no gradient, what was kept is scaled as its value was. */
export const dropout: ClosedForm = (composite) => {
  const [choice, drawn] = [only(composite, 'where'), only(composite, 'greaterEqual')];
  const { output } = composite;
  if (!choice || !drawn || output.op !== 'mul' || output.inputs[1] !== choice.id) return notClosed;
  const probability = composite.node(drawn.inputs[1]!).value.data?.[0];
  if (probability === undefined || probability >= 1) return notClosed;
  const mask = over(call('kept', { kind: 'node', node: drawn.id }), number(1 - probability));
  return collect([output.inputs[0]!, closed(times(upstream, mask))]);
};
