import type { NodeId } from '../../../base/brand.ts';
import { sizeOf } from '../../../tensor/shape.ts';
import type { PassGraph } from '../../pass-graph.ts';
import type { Finding } from '../finding.ts';
import { grouped } from '../group.ts';
import type { Patient } from '../patient.ts';
import type { Rule } from '../rule.ts';
import { Ways } from '../ways.ts';

/** With fewer samples, units are silent by chance: only a layer that is silent altogether is told … */
const fewSamples = 4;
/** … and with fewer than these it takes half as many again of what may live. */
const enoughSamples = 32;
/** Nodes looked through for the layer that a ReLU stands behind. */
const farthest = 64;

/**
 * Units of a ReLU that are inactive for every sample of the batch: nothing passes back through them. With fewer than four
 * samples only a layer that is silent altogether is told. Units that are written as single numbers are a layer where they are
 * made in one place of the source; one alone is none.
 */
export const deadRelu: Rule = {
  id: 'dead-relu',
  check: (patient) => {
    const { graph } = patient;
    const ways = Ways.of(graph);
    const layers = graph.nodes.filter((node) => graph.node(node).op === 'relu');
    const single = layers.filter((node) => graph.node(node).shape.length === 0);
    const findings = [
      ...layers.filter((node) => graph.node(node).shape.length > 0).flatMap((node) => ofLayer(patient, node)),
      ...[...new Set(single.map((node) => ways.placeOf(node)))].flatMap((place) =>
        ofSingles(
          patient,
          single.filter((node) => ways.placeOf(node) === place),
        ),
      ),
    ];
    const shareOf = ({ evidence }: Finding): number => Number(evidence['share']);
    return grouped(
      findings,
      ({ node }) => String(ways.placeOf(node)),
      (a, b) => shareOf(b) - shareOf(a),
    );
  },
};

interface Count {
  readonly dead: number;
  /** Active for every sample. */
  readonly steady: number;
  readonly units: number;
  readonly samples: number;
}

function ofLayer(patient: Patient, node: NodeId): Finding[] {
  const count = deadUnits(patient, node);
  if (!count || count.dead === 0) return [];
  const { dead, steady, units, samples } = count;
  const { deadUnits: most } = patient.thresholds;
  const clearly = (1 + most) / 2;
  const bound = samples < enoughSamples ? clearly : most;
  // In a deep and narrow network samples become alike: about half of the units are on for all of them, and half are off.
  const isSplit = dead <= clearly * units && dead <= 3 * steady;
  const isSick = samples < fewSamples ? dead === units && units > 1 : dead > bound * units && !isSplit;
  return isSick ? [finding(patient, node, count, bound)] : [];
}

function ofSingles(patient: Patient, nodes: readonly NodeId[]): Finding[] {
  const living = nodes.some((node) => !(patient.values(node)?.[0] === 0));
  if (living || nodes.length < fewSamples) return [];
  return [finding(patient, nodes[0]!, { dead: nodes.length, units: nodes.length, samples: 1 }, 1)];
}

function finding(
  { graph }: Patient,
  node: NodeId,
  { dead, units, samples }: Omit<Count, 'steady'>,
  bound: number,
): Finding {
  const share = dead / units;
  return {
    rule: 'dead-relu',
    severity: 'warning',
    confidence: share === 1 ? 'certain' : samples < enoughSamples ? 'possible' : 'likely',
    node,
    culprit: node,
    along: [node, ...graph.node(node).inputs],
    evidence: { dead, units, samples, share, bound },
  };
}

/** A unit is a channel of what a convolution makes, [batch, channel, …], else a place of the last dimension. */
function deadUnits({ graph, values }: Patient, id: NodeId): Count | null {
  const { shape } = graph.node(id);
  const data = values(id);
  if (!data || data.length === 0) return null;
  const hasChannels = shape.length > 2 && isOfConvolution(graph, id);
  const units = (hasChannels ? shape[1] : shape.at(-1)) ?? 1;
  const inner = hasChannels ? sizeOf(shape.slice(2)) : 1;
  const active = new Float64Array(units);
  for (let i = 0; i < data.length; i++) if (data[i]! > 0) active[Math.floor(i / inner) % units]!++;
  const samples = data.length / units;
  const of = (count: number): number => active.filter((times) => times === count).length;
  return { dead: of(0), steady: of(samples), units, samples };
}

/** Whether the layer that a node comes of is a convolution: the nearest product on the way back. */
function isOfConvolution(graph: PassGraph, id: NodeId): boolean {
  const before = new Set<NodeId>([id]);
  for (const at of before) {
    const { op, inputs } = graph.node(at);
    if (op === 'matmul' || before.size > farthest) return false;
    if (op.startsWith('conv2d')) return true;
    for (const input of inputs) before.add(input);
  }
  return false;
}
