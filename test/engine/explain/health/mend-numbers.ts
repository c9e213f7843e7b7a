import type { RuleId } from '../../../../engine/analysis/health/finding.ts';
import { sizeOf } from '../../../../engine/tensor/shape.ts';
import type { Content, Pass, Trace, TraceNode } from '../../../../engine/trace/format.ts';

/** One number of a run, read from its trace without any rule's help. */
export type Measure = (trace: Trace, pass: Pass) => number;

const nodesOf = (trace: Trace, pass: Pass): TraceNode[] => pass.nodes.map((id) => trace.nodes[id]!);
const parametersOf = (trace: Trace, pass: Pass): TraceNode[] =>
  nodesOf(trace, pass).filter(({ kind }) => kind === 'parameter');
const most = (numbers: readonly number[]): number => numbers.reduce((a, b) => Math.max(a, b), -Infinity);
const total = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);
const sick = ({ statistics: { nan, negativeInfinity, positiveInfinity } }: Content): number =>
  nan + negativeInfinity + positiveInfinity;
const meanSquare = ({ value: { statistics } }: TraceNode): number => statistics.norm ** 2 / statistics.size;

/** What shows that a fix of a rule has mended something, where it is another number than the norm of a gradient. */
export const provedBy: Partial<Record<RuleId, Measure>> = {
  /** Share of the elements of all parameters' gradients that are exactly zero. */
  'dead-relu': (trace, pass) => {
    const gradients = parametersOf(trace, pass).map(({ id }) => pass.gradients.get(id)!.statistics);
    return total(gradients.map(({ zero }) => zero)) / total(gradients.map(({ size }) => size));
  },
  /** Elements of the loss and of the gradients that are NaN or infinite. */
  'not-finite': (trace, pass) => sick(trace.nodes[pass.loss]!.value) + total([...pass.gradients.values()].map(sick)),
  /** Parameters that have no gradient. */
  'null-gradient': (trace, pass) => parametersOf(trace, pass).filter(({ id }) => !pass.gradients.has(id)).length,
  /** Elements of the largest tensor that is not a leaf. */
  'silent-broadcast': (trace, pass) =>
    most(nodesOf(trace, pass).flatMap(({ kind, shape }) => (kind === 'op' ? [sizeOf(shape)] : []))),
  /** How far the mean square of a first layer's output is from that of its input, as a factor; ∞ where all units are the same. */
  'initial-scale': (trace, pass) => {
    const layer = nodesOf(trace, pass).find(
      ({ op, inputs }) => op === 'matmul' && trace.nodes[inputs[1]!]!.kind === 'parameter',
    )!;
    const [input, weights] = layer.inputs.map((id) => trace.nodes[id]!);
    if (weights!.value.statistics.deviation === 0) return Infinity;
    const gain = meanSquare(layer) / meanSquare(input!);
    return Math.max(gain, 1 / gain);
  },
  /** How far one step's ‖Δw‖ / ‖w‖ is from a thousandth, as a factor. */
  'update-ratio': (_trace, pass) => {
    const { before, after } = pass.step!.updates[0]!;
    const moved = Math.hypot(...before.data!.map((x, i) => x - after.data![i]!));
    const ratio = moved / before.statistics.norm / 1e-3;
    return Math.max(ratio, 1 / ratio);
  },
  /** The largest number that exp is taken of; −∞ where it is taken of none. */
  'exp-overflow': (trace, pass) =>
    most(
      nodesOf(trace, pass).flatMap(({ op, inputs }) =>
        op === 'exp' ? [trace.nodes[inputs[0]!]!.value.statistics.max] : [],
      ),
    ),
  /** The largest |quotient|. */
  'division-near-zero': (trace, pass) =>
    most(
      nodesOf(trace, pass).flatMap(({ op, value: { statistics } }) =>
        op === 'div' ? [Math.max(-statistics.min, statistics.max)] : [],
      ),
    ),
};
