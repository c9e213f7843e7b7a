import type { ChainEdge } from '../analysis/chain.ts';
import { t } from '../base/l10n.ts';
import type { Expression } from '../expression/expression.ts';
import { print } from '../expression/print.ts';
import { formatExact, formatShort } from './numbers.ts';
import { opNames } from './op-names.ts';
import type { PassView } from './pass-view.ts';

/** A local derivative in the names of the source; what stands for a longer formula where it is too long to be read. */
export function formulaText(edge: ChainEdge, view: PassView): string {
  const { local, through } = edge;
  if (!local.formula) return t('{0} ops ({1}): open it to see each', ...opNames(view, view.chains.fold(through).ops));
  const written = (x: Expression): string =>
    print(x, {
      leaf: (leaf) => leafName(leaf, view),
      number: formatExact,
      times: local.kind === 'scalar' ? '·' : ' ⊙ ',
      isScalar: (leaf) => isScalar(leaf, view),
    });
  const formula = written(local.formula);
  if (local.named.length === 0) return formula;
  const parts = local.named.map(({ name, meaning }) => `${name} = ${written(meaning)}`);
  return t('{0} where {1}', formula, parts.join(', '));
}

/** The same with this run's numbers; empty where the formula has none but numbers already, or its values are tensors. */
export function numbersText({ local }: ChainEdge, view: PassView): string {
  const { formula, kind } = local;
  if (!formula || kind !== 'scalar' || !hasLeaves(formula)) return '';
  return print(formula, { leaf: (leaf) => formatShort(leafValue(leaf, view)), number: formatShort, times: '·' });
}

/** A gradient has the shape of what it is of. A symbol stands for a part with a name, of any shape. */
const isScalar = (leaf: Leaf, { graph }: PassView): boolean =>
  leaf.kind !== 'symbol' && graph.node(leaf.node).shape.length === 0;

const hasLeaves = (x: Expression): boolean => (x.kind === 'call' ? x.args.some(hasLeaves) : x.kind !== 'number');

type Leaf = Exclude<Expression, { kind: 'number' | 'call' }>;

function leafName(leaf: Leaf, { names, graph }: PassView): string {
  if (leaf.kind === 'node') return names.shown(leaf.node);
  if (leaf.kind === 'gradient') return names.partial(graph.pass.loss, leaf.node);
  return leaf.name;
}

function leafValue(leaf: Leaf, { graph }: PassView): number {
  if (leaf.kind === 'node') return graph.node(leaf.node).value.data?.[0] ?? NaN;
  if (leaf.kind === 'gradient') return graph.pass.gradients.get(leaf.node)?.data?.[0] ?? NaN;
  return NaN;
}
