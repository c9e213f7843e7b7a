import type { NodeId } from '../../../base/brand.ts';
import type { Finding } from '../finding.ts';
import type { Patient } from '../patient.ts';
import type { Rule } from '../rule.ts';

/** A parameter that this model uses, and that has no gradient all the same: something cuts it off from the loss. */
export const nullGradient: Rule = {
  id: 'null-gradient',
  check: (patient) => {
    const { graph } = patient;
    return graph.nodes.flatMap((node): Finding[] => {
      const { kind } = graph.node(node);
      if (kind !== 'parameter' || graph.hasGradient(node) || graph.consumers(node).length === 0) return [];
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
  },
};

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
