import type { NodeId } from '../../../base/brand.ts';
import type { PassGraph } from '../../pass-graph.ts';
import { whyNull } from '../../why.ts';
import type { Finding } from '../finding.ts';
import { causeOf, grouped } from '../group.ts';
import type { Patient } from '../patient.ts';
import type { Rule } from '../rule.ts';

/** A parameter that this model uses, and that has no gradient all the same: something cuts it off from the loss. */
export const nullGradient: Rule = {
  id: 'null-gradient',
  check: (patient) => {
    const { graph } = patient;
    const findings = graph.nodes.flatMap((node): Finding[] => {
      const { kind } = graph.node(node);
      if (kind !== 'parameter' || graph.hasGradient(node) || graph.consumers(node).length === 0) return [];
      if (isMeant(graph, node)) return [];
      const end = whereItEnds(patient, node);
      return [
        {
          rule: 'null-gradient',
          severity: 'warning',
          confidence: 'certain',
          node,
          culprit: end,
          along: [node, end],
          evidence: { op: graph.node(end).op, uses: graph.consumers(node).length },
        },
      ];
    });
    return grouped(
      findings,
      (finding) => causeOf(graph, finding),
      () => 0,
    );
  },
};

/**
 * `noGrad()` says that a parameter is only read here, as of a target network. What another pass learns is the other half of an
 * adversarial pair, or what the parameter was before a step.
 */
function isMeant(graph: PassGraph, parameter: NodeId): boolean {
  return (
    graph.trace.passes.some((pass) => pass !== graph.pass && pass.gradients.has(parameter)) ||
    isReplaced(graph, parameter) ||
    whyNull(graph, parameter).every(({ cause }) => cause === 'no-grad')
  );
}

/** Whether only an optimiser read it, which made the parameter that is learned now. */
function isReplaced(graph: PassGraph, parameter: NodeId): boolean {
  if (graph.consumers(parameter).some(({ node }) => graph.node(node).sites.length > 0)) return false;
  const { name, scope, sites } = graph.node(parameter);
  return graph.nodes.some((id) => {
    const later = graph.node(id);
    const isSame = later.kind === 'parameter' && later.name === name && later.scope === scope;
    return id > parameter && isSame && String(later.sites) === String(sites) && graph.hasGradient(id);
  });
}

/** The first op after the parameter that asks for no gradient, else the last that anything leads to. */
function whereItEnds({ graph }: Patient, parameter: NodeId): NodeId {
  const reached = new Set<NodeId>([parameter]);
  let last = parameter;
  for (const id of reached) {
    for (const { node } of graph.consumers(id)) {
      if (!graph.node(node).requiresGrad) return node;
      reached.add(node);
      if (node > last) last = node;
    }
  }
  return last;
}
