import type { NodeId, ScopeId } from '../../../base/brand.ts';
import type { PassGraph } from '../../pass-graph.ts';
import type { Confidence, Evidence, Finding, RuleId, Severity } from '../finding.ts';
import type { Rule } from '../rule.ts';

/** Forms that lose digits or overflow where a known other form of the same function does not. */

const finding = (
  rule: RuleId,
  [severity, confidence]: readonly [Severity, Confidence],
  node: NodeId,
  along: readonly NodeId[],
  evidence: Evidence,
): Finding => ({ rule, severity, confidence, node, culprit: node, along, evidence });

/** log(softmax(x)) is −∞ where softmax underflows; logSoftmax(x) is not. */
export const logOfSoftmax: Rule = {
  id: 'log-of-softmax',
  check: ({ graph }) =>
    graph.nodes.flatMap((node): Finding[] => {
      const { op, inputs } = graph.node(node);
      if (op !== 'log' || within(graph, node, 'logSoftmax')) return [];
      const [from] = inputs;
      if (from === undefined || !within(graph, from, 'softmax')) return [];
      const least = graph.node(from).value.statistics.min;
      return [finding('log-of-softmax', ['warning', 'certain'], node, [from, node], { smallest: least })];
    }),
};

/** bce of a sigmoid: the sigmoid is 0 or 1 from about |z| = 17 on in float32, and its logarithm is cut off there. */
export const sigmoidThenBce: Rule = {
  id: 'sigmoid-then-bce',
  check: ({ graph }) => {
    const told = new Set<ScopeId>();
    return graph.nodes.flatMap((node): Finding[] => {
      const scope = within(graph, node, 'bce');
      if (scope === null || told.has(scope)) return [];
      const from = graph.node(node).inputs.find((input) => graph.node(input).op === 'sigmoid');
      if (from === undefined) return [];
      told.add(scope);
      const { min, max } = graph.node(from).value.statistics;
      return [finding('sigmoid-then-bce', ['warning', 'certain'], node, [from, node], { least: min, most: max })];
    });
  },
};

/** The largest x whose exp is finite. */
const largestExponent = { float32: 88.72, float64: 709.78 } as const;

/** exp of what is too large for the dtype, or nearly. */
export const expOverflow: Rule = {
  id: 'exp-overflow',
  check: ({ graph }) =>
    graph.nodes.flatMap((node): Finding[] => {
      const { op, inputs, dtype } = graph.node(node);
      const [from] = inputs;
      if (op !== 'exp' || from === undefined || (dtype !== 'float32' && dtype !== 'float64')) return [];
      const { max, positiveInfinity } = graph.node(from).value.statistics;
      const bound = largestExponent[dtype];
      if (positiveInfinity > 0 || !(max > 0.9 * bound)) return [];
      return [
        finding('exp-overflow', [max > bound ? 'error' : 'warning', 'certain'], node, [from, node], {
          largest: max,
          bound,
          dtype,
        }),
      ];
    }),
};

/** The composite op of a name that a node is a part of, or null. */
function within(graph: PassGraph, node: NodeId, name: string): ScopeId | null {
  const { scopes } = graph.trace;
  let scope = scopes[graph.node(node).scope];
  while (scope && scope.parent !== null) {
    if (scope.kind === 'composite' && scope.name === name) return scope.id;
    scope = scopes[scope.parent];
  }
  return null;
}
