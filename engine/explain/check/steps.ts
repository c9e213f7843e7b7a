import type { NodeId } from '../../base/brand.ts';
import { GradientCheck, type NodeCheck, comparisons } from '../../replay/check.ts';
import { sampleOf } from '../../replay/check-sample.ts';
import { sizeOf } from '../../tensor/shape.ts';
import type { PassView } from '../pass-view.ts';
import type { CheckProgress } from './view.ts';

export interface CheckAsked {
  /** Null: the parameters, then everything else that is shown and has a gradient. */
  readonly node: NodeId | null;
  /** How many elements of a larger tensor are tried one by one. Default 64. */
  readonly elements?: number;
  /**
   * Applications of ops that checking all may take. Where it does not suffice fewer elements are tried one by one, at least four,
   * and then fewer nodes that are no parameters; all elements at once along a direction are always.
   */
  readonly applications?: number;
}

/** What a check found, before it is put into words. */
export interface Checked {
  readonly nodes: readonly NodeCheck[];
  /** Of how many that could have been checked. */
  readonly of: number;
  /** Shown nodes without a gradient. */
  readonly without: readonly NodeId[];
}

const standardElements = 64;
const fewestElements = 4;
/** The same places on every machine and at every run, so that what a check found once it finds again. */
const seed = 1;
/** Applications of ops that checking all may take: some seconds. A graph with more is checked at a sample of its nodes. */
const affordable = 2e7;

/** Checks one node or all, one comparison a step. */
export function* checkSteps(
  view: PassView,
  { node, elements: most = standardElements, applications = affordable }: CheckAsked,
): Generator<CheckProgress, Checked> {
  const { chosen, of, without } = node === null ? toCheck(view, applications) : { chosen: [node], of: 1, without: [] };
  const elements = Math.min(most, Math.max(fewestElements, elementsFor(view, chosen, applications)));
  const check = new GradientCheck(view.graph, { elements, seed });
  const total = chosen.reduce((sum, id) => sum + comparisons(sizeOf(view.graph.node(id).shape), elements), 0);
  const nodes: NodeCheck[] = [];
  let done = 0;
  for (const id of chosen) {
    const name = view.names.shown(id);
    yield { done, total, name };
    const steps = check.node(id);
    for (let step = steps.next(); ; step = steps.next()) {
      if (step.done) {
        nodes.push(step.value);
        break;
      }
      yield { done: ++done, total, name };
    }
  }
  return { nodes, of, without };
}

/** How many elements of each node can be tried: each takes two passes over what comes after the node. */
function elementsFor({ graph }: PassView, chosen: readonly NodeId[], applications: number): number {
  const each = chosen.reduce((sum, id) => sum + 2 * graph.nodes.filter((other) => other > id).length, 0);
  return Math.floor(applications / Math.max(1, each)) - 1;
}

function toCheck(view: PassView, applications: number): { chosen: NodeId[]; of: number; without: NodeId[] } {
  const { graph, chains } = view;
  const shown = [...chains.folding.folds.keys()].sort((a, b) => a - b);
  const isParameter = (id: NodeId): boolean => graph.node(id).kind === 'parameter';
  const able = shown.filter((id) => graph.hasGradient(id));
  const parameters = able.filter(isParameter);
  // That ∂L/∂L is 1 nobody doubts.
  const others = able.filter((id) => !isParameter(id) && id !== graph.pass.loss);
  const count = Math.max(50, Math.floor(applications / graph.nodes.length));
  const sampled = sampleOf(others.length, count, seed).map((i) => others[i]!);
  const without = shown.filter((id) => !graph.hasGradient(id) && graph.node(id).kind !== 'constant');
  return { chosen: [...parameters, ...sampled], of: parameters.length + others.length, without };
}
