import { type Expression, call, minus, negative, number, over, times } from '../../expression/expression.ts';
import { sizeOf } from '../../tensor/shape.ts';
import type { TraceNode } from '../../trace/format.ts';
import {
  type ClosedForm,
  type Composite,
  closed,
  collect,
  notClosed,
  told,
  unreduced,
  upstream,
} from './closed-form.ts';

/**
 * (softmax(z) − onehot(target)) / N: what is simple in the whole, and hard to see in the parts. With labels smoothed by ε over C
 * classes, (1 − ε)·onehot(target) + ε / C takes the place of the target.
 */
export const crossEntropy: ClosedForm = (composite) => {
  const smooth = smoothed(composite);
  const found = smooth ?? picked(composite, unreduced(composite));
  const scores = found && composite.node(found.choice.inputs[1]!);
  const shifted = scores?.op === 'sub' ? composite.node(scores.inputs[0]!) : null;
  if (!found || shifted?.op !== 'sub') return notClosed;
  const logits = shifted.inputs[0]!;
  const probabilities = told('softmax', { dim: lane(found.sum) }, composite.written(logits));
  const error = smooth
    ? minus(minus(probabilities, times(number(1 - smooth.share), found.onehot)), smooth.floor)
    : minus(probabilities, found.onehot);
  return collect([logits, closed(times(perSample(composite, found), error))]);
};

/** −onehot(target) / N */
export const nllLoss: ClosedForm = (composite) => {
  const found = picked(composite, unreduced(composite));
  if (!found) return notClosed;
  return collect([found.choice.inputs[1]!, closed(times(perSample(composite, found), negative(found.onehot)))]);
};

interface Picked {
  readonly choice: TraceNode;
  readonly sum: TraceNode;
  /** −score of each sample's own class. */
  readonly losses: TraceNode;
  readonly onehot: Expression;
}

/** −Σ (the own class's ? score : 0): what both losses begin with. */
function picked(composite: Composite, losses: TraceNode): Picked | null {
  const sum = losses.op === 'neg' ? composite.node(losses.inputs[0]!) : null;
  const choice = sum?.op === 'sum' ? composite.node(sum.inputs[0]!) : null;
  if (!sum || choice?.op !== 'where') return null;
  return { choice, sum, losses, onehot: call('onehot', { kind: 'node', node: choice.inputs[0]! }) };
}

/** (1 − ε) of that, plus ε times the mean over all classes. */
function smoothed(composite: Composite): (Picked & { readonly share: number; readonly floor: Expression }) | null {
  const losses = unreduced(composite);
  const [own, everywhere] = losses.op === 'add' ? losses.inputs.map((id) => composite.node(id)) : [];
  if (own?.op !== 'mul' || everywhere?.op !== 'mul') return null;
  const found = picked(composite, composite.node(own.inputs[0]!));
  const share = composite.node(everywhere.inputs[1]!).value.data?.[0];
  if (!found || share === undefined) return null;
  const classes = sizeOf(composite.node(found.choice.id).shape) / Math.max(1, sizeOf(losses.shape));
  return { ...found, losses, share, floor: over(number(share), number(classes)) };
}

/** The upstream gradient is one number in all, or, without a reduction, one for each sample. */
function perSample({ output }: Composite, { losses, choice, sum }: Picked): Expression {
  if (output.op === 'mean') return over(upstream, number(sizeOf(losses.shape)));
  if (output.op === 'sum') return upstream;
  return told('expandLike', { dim: sum.attributes.dim ?? null }, upstream, { kind: 'node', node: choice.id });
}

const lane = ({ attributes: { dim } }: TraceNode): number => Number(Array.isArray(dim) ? dim[0] : dim);
