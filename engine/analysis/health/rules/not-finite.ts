import type { NodeId } from '../../../base/brand.ts';
import type { Content } from '../../../trace/format.ts';
import type { PassGraph } from '../../pass-graph.ts';
import type { Finding } from '../finding.ts';
import type { Rule } from '../rule.ts';

/**
 * NaN or ±∞ in the loss or in a gradient, and the op that made it: the first on the way whose inputs were all right. An ∞
 * that does no harm, as in a masked softmax, is none.
 */
export const notFinite: Rule = {
  id: 'not-finite',
  check: ({ graph }) => {
    const { loss } = graph.pass;
    if (sickness(graph.node(loss).value) !== null) return [inForward(graph)];
    const sick = [...graph.pass.gradients].find(([, gradient]) => sickness(gradient) !== null);
    return sick ? [inBackward(graph, sick[0])] : [];
  },
};

type Sickness = 'NaN' | 'infinite' | null;

const sickness = ({ statistics: { nan, positiveInfinity, negativeInfinity } }: Content): Sickness =>
  nan > 0 ? 'NaN' : positiveInfinity + negativeInfinity > 0 ? 'infinite' : null;

/** From the loss back through what is as sick as it is: NaN comes of NaN, or of an ∞ that was still meant. */
function inForward(graph: PassGraph): Finding {
  const route: NodeId[] = [graph.pass.loss];
  for (;;) {
    const at = route.at(-1)!;
    const own = sickness(graph.node(at).value);
    const from = graph.node(at).inputs.find((input) => {
      const of = sickness(graph.node(input).value);
      return of !== null && (own === 'infinite' || of === 'NaN');
    });
    if (from === undefined) break;
    route.push(from);
  }
  return found(graph, 'forward', route);
}

/** The first contribution of the backward pass that is not finite though what came from the loss was. */
function inBackward(graph: PassGraph, sick: NodeId): Finding {
  const { contributions, gradients } = graph.pass;
  const first = contributions.find(({ node, value }) => {
    const upstream = gradients.get(node);
    return sickness(value) !== null && (upstream === undefined || sickness(upstream) === null);
  });
  if (!first) return found(graph, 'backward', [sick]);
  const route = [first.node];
  for (let at = first.node; at !== graph.pass.loss;) {
    const next = graph.consumers(at).find(({ node }) => graph.hasGradient(node))?.node;
    if (next === undefined) break;
    route.unshift(next);
    at = next;
  }
  return found(graph, 'backward', route);
}

function found(graph: PassGraph, pass: 'forward' | 'backward', route: readonly NodeId[]): Finding {
  const origin = route.at(-1)!;
  const { op, inputs, value } = graph.node(origin);
  const ranges = inputs.map((input) => {
    const { min, max } = graph.node(input).value.statistics;
    return `[${graph.node(input).shape.join(', ')}] ${min} … ${max}`;
  });
  return {
    rule: 'not-finite',
    severity: 'error',
    confidence: 'certain',
    node: origin,
    culprit: origin,
    along: route,
    evidence: {
      pass,
      op,
      makes: sickness(value) ?? 'infinite or NaN derivative',
      inputs: ranges.join('; '),
      steps: route.length,
    },
  };
}
