import type { NodeId } from '../../base/brand.ts';
import type { PassGraph } from '../pass-graph.ts';
import type { Passage } from './leak.ts';
import { Ways } from './ways.ts';

/** A factor that an op may have without being blamed for it, in decades. */
const mostFactor = 3;
/** Repetitions of one place that are a way through layers. */
const fewRepetitions = 3;

/**
 * Whether a norm is large only because the numbers of the program are: a parameter that is applied to large data, and an error
 * measured in large units. Nothing grows on the way then: it leads through no layers, nothing on it is repeated and no number
 * multiplies by more than a thousand. Where the optimiser's own step makes the loss larger, it is sick all the same.
 */
export function isScale(graph: PassGraph, node: NodeId, reference: NodeId): boolean {
  const ways = Ways.of(graph);
  const { step } = graph.pass;
  if (step && !(step.lossAfter <= step.lossBefore)) return false;
  const into = ways.into(node);
  if (!into || !(reference === node || isAddedTo(graph, into.through, reference))) return false;
  const gains = new Map<number, number>();
  for (let at: Passage | null = into; at; at = ways.into(at.through)) {
    const { op, inputs, shape } = graph.node(at.through);
    const byNumber = inputs.some((id) => graph.node(id).kind !== 'op' && graph.node(id).shape.length === 0);
    if (at.decades > 0 && !plain.has(op)) return false;
    if (at.decades > mostFactor && byNumber && shape.length === 0) return false;
    if (at.decades > 0) gains.set(ways.placeOf(at.through), (gains.get(ways.placeOf(at.through)) ?? 0) + 1);
  }
  return [...gains.values()].every((count) => count < fewRepetitions);
}

/** Whether only biases and other terms are added between a layer and what comes behind the output. */
function isAddedTo(graph: PassGraph, from: NodeId, output: NodeId): boolean {
  const ways = Ways.of(graph);
  let at: NodeId = from;
  while (at < output) {
    const through = ways.into(at)?.through;
    if (through === undefined || (through <= output && !sums.has(graph.node(through).op))) return false;
    at = through;
  }
  return true;
}

const sums: ReadonlySet<string> = new Set(['add', 'sub']);

/** What models of one layer and loss functions are made of. */
const plain: ReadonlySet<string> = new Set([
  'add',
  'sub',
  'mul',
  'matmul',
  'dot',
  'square',
  'pow',
  'abs',
  'sum',
  'mean',
  'reshape',
  'transpose',
  'expand',
]);
