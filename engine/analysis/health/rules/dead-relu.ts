import type { NodeId } from '../../../base/brand.ts';
import type { Finding } from '../finding.ts';
import type { Patient } from '../patient.ts';
import type { Rule } from '../rule.ts';

/** With fewer samples, units are silent by chance: only a layer that is silent altogether is told … */
const fewSamples = 4;
/** … and with fewer than these it takes half as many again of what may live. */
const enoughSamples = 32;

/**
 * Units of a ReLU that are inactive for every sample of the batch: nothing passes back through them. With fewer than four
 * samples only a layer that is silent altogether is told.
 */
export const deadRelu: Rule = {
  id: 'dead-relu',
  check: (patient) => {
    const { graph, thresholds } = patient;
    return graph.nodes.flatMap((node): Finding[] => {
      if (graph.node(node).op !== 'relu') return [];
      const count = deadUnits(patient, node);
      if (!count || count.dead === 0) return [];
      const share = count.dead / count.units;
      const bound = count.samples < enoughSamples ? (1 + thresholds.deadUnits) / 2 : thresholds.deadUnits;
      if (count.samples < fewSamples ? share < 1 : share <= bound) return [];
      return [
        {
          rule: 'dead-relu',
          severity: 'warning',
          confidence: share === 1 ? 'certain' : count.samples < enoughSamples ? 'possible' : 'likely',
          node,
          culprit: node,
          along: [node, ...graph.node(node).inputs],
          evidence: { ...count, share, bound },
        },
      ];
    });
  },
};

/** A unit is a channel of an image [batch, channel, height, width], else a place of the last dimension. */
function deadUnits({ graph, values }: Patient, id: NodeId): { dead: number; units: number; samples: number } | null {
  const { shape } = graph.node(id);
  const data = values(id);
  if (!data || data.length === 0) return null;
  const channels = shape.length === 4 || shape.length === 3 ? shape[1]! : (shape.at(-1) ?? 1);
  const inner = shape.length === 4 ? shape[2]! * shape[3]! : shape.length === 3 ? shape[2]! : 1;
  const alive = new Uint8Array(channels);
  for (let i = 0; i < data.length; i++) if (data[i]! > 0) alive[Math.floor(i / inner) % channels] = 1;
  const living = alive.reduce((sum, x) => sum + x, 0);
  return { dead: channels - living, units: channels, samples: data.length / channels };
}
