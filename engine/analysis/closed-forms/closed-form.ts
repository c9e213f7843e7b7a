import type { NodeId } from '../../base/brand.ts';
import { type Expression, call, number, over, plus, symbol } from '../../expression/expression.ts';
import { type Shape, sameShape, sizeOf } from '../../tensor/shape.ts';
import type { TraceNode } from '../../trace/format.ts';

/** A composite op in one pass: what its rule may know of it. */
export interface Composite {
  /** What it gives. */
  readonly output: TraceNode;
  /** Its parts, in order of execution. */
  readonly members: readonly TraceNode[];
  readonly node: (id: NodeId) => TraceNode;
  /** A node as it is written in formulas. */
  readonly written: (id: NodeId) => Expression;
}

/** A vector–Jacobian product in `ȳ` (the gradient of the output) and nodes, and what its other symbols stand for. */
export interface Closed {
  readonly formula: Expression;
  readonly named: readonly Named[];
}

/** A part of a formula with a name of its own: `ẑ = (x − mean(x)) / ŝ`. Names may use those after them. */
export interface Named {
  readonly name: string;
  readonly meaning: Expression;
}

/**
 * The vector–Jacobian products of a whole composite op, one for each input that has one, in the form that textbooks print.
 * Empty where its parts are not put together as expected: then it is shown part by part, like any other.
 */
export type ClosedForm = (composite: Composite) => ReadonlyMap<NodeId, Closed>;

export const notClosed: ReadonlyMap<NodeId, Closed> = new Map();
export const upstream = symbol('ȳ');

/** The parts of one kind. */
export const partsOf = ({ members }: Composite, op: string): readonly TraceNode[] =>
  members.filter((node) => node.op === op);

/** The one part of a kind; undefined where there is none, or several. */
export const only = (composite: Composite, op: string): TraceNode | undefined => {
  const found = partsOf(composite, op);
  return found.length === 1 ? found[0] : undefined;
};

export const closed = (formula: Expression, named: readonly Named[] = []): Closed => ({ formula, named });

/** A call of an op that is told something besides. */
export const told = (fn: string, attributes: TraceNode['attributes'], ...args: readonly Expression[]): Expression => ({
  kind: 'call',
  fn,
  args,
  attributes,
});

/** A reduction over the dimensions of another part, kept so that the result meets every element. */
export const kept = (fn: 'sum' | 'mean', x: Expression, like: TraceNode): Expression =>
  told(fn, { dim: like.attributes.dim ?? null, keepdim: true }, x);

/** What is passed on to each of the numbers that a loss reduces to one: `ȳ / N` after a mean, `ȳ` after a sum or nothing. */
export function perElement({ output, node }: Composite): Expression {
  if (output.op !== 'mean') return upstream;
  return over(upstream, number(sizeOf(node(output.inputs[0]!).shape)));
}

/** `x`, summed to the shape of an input where broadcasting repeated that. */
export const summedTo = ({ node }: Composite, id: NodeId, x: Expression, shape: Shape): Expression =>
  sameShape(node(id).shape, shape) ? x : call('sumLike', x, { kind: 'node', node: id });

/** What a loss has before it is reduced. */
export const unreduced = ({ output, node }: Composite): TraceNode =>
  output.op === 'mean' || output.op === 'sum' ? node(output.inputs[0]!) : output;

/** Several uses of one input add up. */
export function collect(...parts: readonly (readonly [NodeId, Closed])[]): ReadonlyMap<NodeId, Closed> {
  const found = new Map<NodeId, Closed>();
  for (const [id, one] of parts) {
    const before = found.get(id);
    found.set(
      id,
      before ? { formula: plus(before.formula, one.formula), named: [...before.named, ...one.named] } : one,
    );
  }
  return found;
}
