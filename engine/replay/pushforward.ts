import type { NodeId } from '../base/brand.ts';
import { type Block, blockAlgebra } from '../autograd/block.ts';
import { pullBlock } from '../autograd/pull-block.ts';
import { pull } from '../autograd/pull.ts';
import { isElementwise } from '../ops/rules.ts';
import { sameShape } from '../tensor/shape.ts';
import { type Applied, appliedAlgebra, gradientOf, valueOf } from './applied.ts';
import { Evaluation } from './evaluation.ts';
import type { Recording } from './recording.ts';

/**
 * Jacobian–vector product of one op: how its result changes when one of its inputs moves along `tangent`. There is no second
 * set of rules for it: a vector–Jacobian product is linear in the vector, so its own transpose is J again
 * (https://j-towns.github.io/2017/06/12/A-new-trick.html).
 * @returns of the result's shape; null where the op has no derivative.
 */
export function push(recording: Recording, node: NodeId, input: number, tangent: Block): Block | null {
  const { graph } = recording;
  const { op, attributes, inputs, shape } = graph.node(node);
  // The Jacobian is a diagonal, and its own transpose.
  if (isElementwise(op) && sameShape(graph.node(inputs[input]!).shape, shape))
    return recording.pull(node, input, tangent);
  const upstream = gradientOf(graph, node);
  const application = {
    op,
    attributes,
    inputs: inputs.map((one) => valueOf(graph, one)),
    output: valueOf(graph, node),
  };
  const pulled = pull(application, input, upstream, appliedAlgebra);
  return pulled && transposed(new Evaluation(recording), pulled, upstream, tangent);
}

/** What a linear formula's transpose makes of a vector: the backward pass of the formula itself, down to what it is linear in. */
function transposed(evaluation: Evaluation, formula: Applied, variable: Applied, vector: Block): Block {
  const order = dependents(formula, variable);
  const sums = new Map<Applied, Block>([[formula, vector]]);
  for (const part of order) {
    const arrived = sums.get(part);
    if (part.kind !== 'op' || !arrived) continue;
    part.inputs.forEach((input, i) => {
      if (input !== variable && !order.includes(input)) return;
      const inputs = part.inputs.map((one) => evaluation.atZero(one, order, variable));
      const output = evaluation.atZero(part, order, variable);
      const more = pullBlock({ op: part.op, attributes: part.attributes, inputs, output }, i, arrived);
      const before = sums.get(input);
      if (more) sums.set(input, before ? blockAlgebra.apply('add', [before, more]) : more);
    });
  }
  return sums.get(variable) ?? evaluation.zeros(variable);
}

/** The parts of a formula that depend on a variable, each before what it is made of. */
function dependents(formula: Applied, variable: Applied): Applied[] {
  const known = new Map<Applied, boolean>();
  const order: Applied[] = [];
  const visit = (x: Applied): boolean => {
    if (x === variable) return true;
    const before = known.get(x);
    if (before !== undefined) return before;
    const depends = x.kind === 'op' && x.inputs.map(visit).includes(true);
    known.set(x, depends);
    if (depends) order.push(x);
    return depends;
  };
  visit(formula);
  return order.reverse();
}
