import type { NodeId } from '../../base/brand.ts';
import { typeset } from '../names.ts';
import type { PassView } from '../pass-view.ts';

/** Functions whose derivative has a sign of its own. */
const primed: Readonly<Record<string, string>> = {
  sigmoid: 'σ′',
  tanh: 'tanh′',
  relu: 'relu′',
  leakyRelu: 'leakyRelu′',
  gelu: 'gelu′',
  softplus: 'softplus′',
  exp: 'exp′',
  sin: 'sin′',
  cos: 'cos′',
};

/** What an op multiplies the gradient by, in few characters: `σ′(z)`, and the op's own name where that says more. */
export function localName({ graph }: PassView, id: NodeId): string {
  const { op, inputs } = graph.node(id);
  const derivative = primed[op];
  if (derivative === undefined) return op;
  const name = inputs[0] === undefined ? null : graph.node(inputs[0]).name;
  return name === null ? derivative : `${derivative}(${typeset(name)})`;
}
