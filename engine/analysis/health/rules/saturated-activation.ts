import type { NodeId } from '../../../base/brand.ts';
import type { Finding } from '../finding.ts';
import { grouped } from '../group.ts';
import { type Patient, feedsLayers } from '../patient.ts';
import type { Rule } from '../rule.ts';
import { Ways } from '../ways.ts';

/**
 * A hidden layer of tanh or sigmoid, most of whose elements lie where the curve is flat: their derivatives are near zero. Units
 * that are written as single numbers are counted together, those of one place of the source as one layer.
 */
export const saturatedActivation: Rule = {
  id: 'saturated-activation',
  check: (patient) => {
    const { graph, thresholds } = patient;
    const ways = Ways.of(graph);
    const layers = new Map<string, NodeId[]>();
    for (const node of graph.nodes) {
      const { op, shape } = graph.node(node);
      if ((op !== 'tanh' && op !== 'sigmoid') || !graph.hasGradient(node)) continue;
      const key = shape.length === 0 ? `place ${ways.placeOf(node)}` : `node ${node}`;
      const layer = layers.get(key);
      if (layer) layer.push(node);
      else layers.set(key, [node]);
    }
    const findings = [...layers.values()].flatMap((nodes): Finding[] => {
      const share = saturatedShare(patient, nodes);
      // An output that is sure of itself is no mistake: only what layers still follow is hidden.
      const node = nodes.find((one) => feedsLayers(patient, one));
      if (share === null || share <= thresholds.saturatedShare || node === undefined) return [];
      const { op, inputs } = graph.node(node);
      return [
        {
          rule: 'saturated-activation',
          severity: 'warning',
          confidence: 'certain',
          node,
          culprit: node,
          along: [node, ...inputs],
          evidence: { op, share, level: thresholds.saturatedLevel, bound: thresholds.saturatedShare },
        },
      ];
    });
    const shareOf = ({ evidence }: Finding): number => Number(evidence['share']);
    return grouped(
      findings,
      ({ node }) => String(ways.placeOf(node)),
      (a, b) => shareOf(b) - shareOf(a),
    );
  },
};

/** Null where no value is known. */
function saturatedShare({ graph, thresholds, values }: Patient, nodes: readonly NodeId[]): number | null {
  let [count, size] = [0, 0];
  for (const id of nodes) {
    const isSigmoid = graph.node(id).op === 'sigmoid';
    const data = values(id) ?? [];
    size += data.length;
    for (let i = 0; i < data.length; i++) {
      const level = isSigmoid ? Math.abs(2 * data[i]! - 1) : Math.abs(data[i]!);
      if (level > thresholds.saturatedLevel) count++;
    }
  }
  return size === 0 ? null : count / size;
}
