import type { NodeId } from '../base/brand.ts';
import type { Named } from '../analysis/closed-forms/index.ts';
import type { PassGraph } from '../analysis/pass-graph.ts';
import { pullbacks } from '../autograd/pullbacks/index.ts';
import type { Expression } from '../expression/expression.ts';
import { type OpName, ops } from '../ops/index.ts';
import type { Attributes } from '../tensor/runtime.ts';
import { type Applied, appliedAlgebra, called, gradientOf } from './applied.ts';

interface Bindings {
  /** What `ȳ` stands for. */
  readonly upstream: Applied;
  /** What nodes are called here. */
  readonly meaning: (node: NodeId) => Applied;
  /** What the other symbols stand for. */
  readonly named: readonly Named[];
}

/** A formula that was written for people, such as a composite's closed form, as the ops that it means. */
export function fromExpression(graph: PassGraph, formula: Expression, { upstream, meaning, named }: Bindings): Applied {
  const symbols = new Map<string, Applied>([['ȳ', upstream]]);
  const convert = (x: Expression): Applied => {
    switch (x.kind) {
      case 'number':
        return appliedAlgebra.number(x.value, upstream.dtype);
      case 'node':
        return meaning(x.node);
      case 'gradient':
        return gradientOf(graph, x.node);
      case 'symbol':
        return symbolOf(x.name);
      case 'call':
        return apply(x.fn, x.args.map(convert), x.attributes ?? {});
    }
  };
  const symbolOf = (name: string): Applied => {
    const known = symbols.get(name);
    if (known) return known;
    const part = named.find((one) => one.name === name);
    if (!part) throw new Error(`A formula uses ${name}, which stands for nothing.`);
    const made = called(name, [], convert(part.meaning));
    symbols.set(name, made);
    return made;
  };
  return convert(formula);
}

function apply(fn: string, args: readonly Applied[], attributes: Attributes): Applied {
  const [x] = args as [Applied];
  const make = textbook[fn];
  if (make) return make(x, attributes);
  const pullback = pullbacks[fn];
  if (!pullback) {
    if (!(fn in ops)) throw new Error(`A formula uses ${fn}, which is no op.`);
    return appliedAlgebra.apply(fn as OpName, args, attributes);
  }
  return pullback(args, { algebra: appliedAlgebra, symbols: {}, attributes, inputs: args, inputIndex: 0 });
}

/** What is no op, but has a name in textbooks. */
const textbook: Readonly<Record<string, (x: Applied, attributes: Attributes) => Applied>> = {
  softmax: (x, { dim }) => {
    const total = appliedAlgebra.apply('logsumexp', [x], { dim: dim ?? null, keepdim: true });
    return called('softmax', [x], appliedAlgebra.apply('exp', [appliedAlgebra.apply('sub', [x, total])]));
  },
  onehot: (mask) => called('onehot(target)', [], mask),
  kept: (mask) => called('[kept]', [], mask),
};
