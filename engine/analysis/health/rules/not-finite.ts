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

/**
 * From the loss back through what is as sick as it is: NaN comes of NaN, or of an ∞ that an op made. An ∞ that the program gave,
 * as in a mask, was meant.
 */
function inForward(graph: PassGraph): Finding {
  const route: NodeId[] = [graph.pass.loss];
  for (;;) {
    const at = route.at(-1)!;
    const { inputs } = graph.node(at);
    const sick = (wanted: Sickness): NodeId | undefined =>
      inputs.find((input) => sickness(graph.node(input).value) === wanted);
    const infinite = sick('infinite');
    const from = sick('NaN') ?? (infinite !== undefined && isMade(graph, infinite) ? infinite : undefined);
    if (from === undefined) break;
    route.push(from);
  }
  return found(graph, 'forward', route);
}

/** Whether an ∞ came of finite numbers; the values of a mask did not. */
function isMade(graph: PassGraph, id: NodeId): boolean {
  const before = new Set<NodeId>([id]);
  for (const at of before) {
    const { kind, inputs } = graph.node(at);
    const sick = inputs.filter((input) => sickness(graph.node(input).value) !== null);
    if (kind === 'op' && sick.length === 0) return true;
    for (const input of sick) before.add(input);
  }
  return false;
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
  const ranges = inputs.map((input) => `[${graph.node(input).shape.join(', ')}] ${rangeOf(graph.node(input).value)}`);
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

function rangeOf({ statistics }: Content): string {
  const { min, max, negativeInfinity, positiveInfinity, nan } = statistics;
  if (nan === statistics.size) return 'NaN';
  const least = negativeInfinity > 0 ? '−∞' : Number.isNaN(min) ? '∞' : min;
  const most = positiveInfinity > 0 ? '∞' : Number.isNaN(max) ? '−∞' : max;
  return `${least} … ${most}${nan > 0 ? ', NaN' : ''}`;
}
