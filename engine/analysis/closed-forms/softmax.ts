import { type Expression, call, minus, times } from '../../expression/expression.ts';
import type { TraceNode } from '../../trace/format.ts';
import { type ClosedForm, closed, collect, kept, notClosed, only, upstream } from './closed-form.ts';

const value = ({ id }: TraceNode): Expression => ({ kind: 'node', node: id });

/** y ⊙ (ȳ − Σ ȳ ⊙ y): the Jacobian is diag(y) − y·yᵀ. */
export const softmax: ClosedForm = (composite) => {
  const [largest, sum] = [only(composite, 'max'), only(composite, 'sum')];
  if (!largest || !sum) return notClosed;
  const y = value(composite.output);
  return collect([largest.inputs[0]!, closed(times(y, minus(upstream, kept('sum', times(upstream, y), sum))))]);
};

/** ȳ − e^y ⊙ Σ ȳ, where e^y is the softmax. */
export const logSoftmax: ClosedForm = (composite) => {
  const [largest, sum] = [only(composite, 'max'), only(composite, 'sum')];
  if (!largest || !sum) return notClosed;
  const y = value(composite.output);
  return collect([largest.inputs[0]!, closed(minus(upstream, times(call('exp', y), kept('sum', upstream, sum))))]);
};
