import type { NodeId } from '../base/brand.ts';
import { t, translationOf } from '../base/l10n.ts';
import type { ChainEdge } from '../analysis/chain.ts';
import { kinksAt } from '../analysis/kinks.ts';
import { wayThrough } from '../analysis/way.ts';
import { conventionOf } from '../ops/rules.ts';
import { sizeOf } from '../tensor/shape.ts';
import { formulaText, numbersText } from './formula.ts';
import { edgeLatex } from './gradient-function/edge-latex.ts';
import type { PassView } from './pass-view.ts';
import { readingOfGain, readingOfNumbers } from './reading.ts';
import type { Factor, Reading } from './view.ts';

/** What is the same on every path that a factor is on. */
export type Local = Omit<Factor, 'product' | 'decades' | 'remark'>;

/** Paths share their upper parts: a factor's texts are written once. */
const written = new WeakMap<ChainEdge, Local>();

export function localOf(edge: ChainEdge, view: PassView): Local {
  let local = written.get(edge);
  if (!local) written.set(edge, (local = write(edge, view)));
  return local;
}

function write(edge: ChainEdge, view: PassView): Local {
  const { from, through } = edge;
  const { names } = view;
  return {
    of: names.shown(through),
    by: names.shown(from),
    ofNode: through,
    byNode: from,
    symbol: names.partial(through, from),
    formula: formulaText(edge, view),
    latex: edgeLatex(edge, view),
    numbers: numbersText(edge, view),
    value: localReading(edge, view),
    kink: kinkText(edge, view),
  };
}

/** The local derivative in numbers; for a Jacobian that is no diagonal, what it does to the length of the gradient. */
function localReading({ local, gain, from }: ChainEdge, { graph }: PassView): Reading {
  return local.value ? readingOfNumbers(local.value, graph.node(from).shape) : readingOfGain(gain);
}

/** Which subgradient was taken, where this run stands on a kink of one of the factor's ops; null anywhere else. */
function kinkText({ from, through }: ChainEdge, { graph, chains }: PassView): string | null {
  const texts = wayThrough(graph, chains.fold(through), from).flatMap((op: NodeId): string[] => {
    const elements = kinksAt(graph, op);
    const { op: name, shape } = graph.node(op);
    const convention = elements > 0 ? conventionOf(name) : null;
    if (convention === null) return [];
    const size = sizeOf(shape);
    return [
      size === 1
        ? t('{0} stands on a kink here: {1}', name, translationOf(convention))
        : t('{0} stands on a kink in {1} of {2} elements: {3}', name, elements, size, translationOf(convention)),
    ];
  });
  return texts.length === 0 ? null : texts.join('; ');
}
