import type { NodeId } from '../../../base/brand.ts';
import type { Finding } from '../finding.ts';
import { grouped } from '../group.ts';
import { type Patient, feedsLayers, isWeight } from '../patient.ts';
import type { Rule } from '../rule.ts';

const layers: ReadonlySet<string> = new Set(['matmul', 'conv1d', 'conv2d', 'linear']);

/**
 * Weights that blow a layer's output up or let it die away: its mean square over that of its input should be about 1 (Glorot
 * and Bengio 2010; He et al. 2015). Weights that are all the same are told too: their units learn the same for ever.
 */
export const initialScale: Rule = {
  id: 'initial-scale',
  check: (patient) => {
    const { graph } = patient;
    const findings = graph.nodes.flatMap((node): Finding[] => {
      const { op, inputs } = graph.node(node);
      if (!layers.has(op) || inputs.length < 2) return [];
      const weights = inputs.find((input) => graph.node(input).kind === 'parameter' && isWeight(patient, input));
      const input = inputs.find((one) => one !== weights);
      if (weights === undefined || input === undefined) return [];
      const finding = sameEverywhere(patient, node, weights) ?? badGain(patient, node, weights, input);
      return finding ? [finding] : [];
    });
    // Weights that one place of the source makes are one trouble, however often they are used.
    const places = ({ node, evidence }: Finding): string => `${String(graph.node(node).sites)} ${evidence['problem']}`;
    const farthest = ({ evidence }: Finding): number => Math.abs(Math.log(Number(evidence['gain'] ?? 1)));
    return grouped(
      findings,
      (finding) => (graph.node(finding.node).sites.length > 0 ? places(finding) : `node ${finding.node}`),
      (a, b) => farthest(b) - farthest(a),
    );
  },
};

function sameEverywhere(patient: Patient, node: NodeId, weights: NodeId): Finding | null {
  const { graph } = patient;
  const { deviation, size, mean } = graph.node(weights).value.statistics;
  const units = graph.node(node).shape.at(-1) ?? 1;
  if (deviation !== 0 || size < 2 || units < 2 || !feedsLayers(patient, node)) return null;
  return {
    rule: 'initial-scale',
    severity: 'warning',
    confidence: 'certain',
    node: weights,
    culprit: weights,
    along: [weights, node],
    evidence: { problem: 'symmetric', value: mean, units },
  };
}

function badGain(patient: Patient, node: NodeId, weights: NodeId, input: NodeId): Finding | null {
  const { graph, thresholds } = patient;
  const gain = meanSquare(graph.node(node).value.statistics) / meanSquare(graph.node(input).value.statistics);
  const tooLarge = gain > thresholds.initialGainMost;
  if (!Number.isFinite(gain) || (!tooLarge && !(gain > 0 && gain < thresholds.initialGainLeast))) return null;
  // What comes out at the end may be as large as the answers are.
  if (!feedsLayers(patient, node)) return null;
  return {
    rule: 'initial-scale',
    severity: 'warning',
    confidence: 'likely',
    node: weights,
    culprit: weights,
    along: [weights, node],
    evidence: {
      problem: tooLarge ? 'large' : 'small',
      gain,
      bound: tooLarge ? thresholds.initialGainMost : thresholds.initialGainLeast,
    },
  };
}

const meanSquare = ({ norm, size }: { norm: number; size: number }): number => norm ** 2 / size;
