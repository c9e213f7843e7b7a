import type { ChainEdge } from '../../analysis/chain-edge.ts';
import type { NodeId } from '../../base/brand.ts';
import { t } from '../../base/l10n.ts';
import { type Expression, times } from '../../expression/expression.ts';
import { leavesOf } from '../../expression/leaves.ts';
import { print } from '../../expression/print.ts';
import { formatExact } from '../numbers.ts';
import { nodeView } from '../node-view.ts';
import type { PassView } from '../pass-view.ts';
import type { BackwardEdgeView, BackwardGraphView, BackwardNodeView } from './view.ts';
import { structureOf } from './structure.ts';

/** Longer rules would push the nodes apart. */
const longest = 28;
/** In a larger picture no rule is read, and working them all out takes long. */
const mostRules = 300;

/** One node for the gradient of each shown node, one edge for each term of it: G turned round. */
export function namedBackwardGraph(view: PassView, note: string | null = null): BackwardGraphView {
  const { chains, graph } = view;
  const ids = [...chains.folding.folds.keys()].filter((id) => graph.hasGradient(id)).sort((a, b) => b - a);
  const terms = ids.map((id) => chains.terms(id));
  const detailed = ids.length <= mostRules;
  const nodes = ids.map((id, i) => nodeOf(view, id, terms[i]!, detailed));
  const edges = terms.flat().map((edge): BackwardEdgeView => ({
    from: -1 - edge.through,
    to: -1 - edge.from,
    label: detailed ? ruleText(edge, view) : view.names.partial(edge.through, edge.from),
  }));
  return { nodes, edges, structure: structureOf(nodes, edges), note };
}

function nodeOf(view: PassView, id: NodeId, terms: readonly ChainEdge[], detailed: boolean): BackwardNodeView {
  const { pass, names } = view;
  // What is told of a gradient is told the same in both graphs.
  const { kind, shape, gradient } = nodeView(view, id);
  const read = detailed ? terms.flatMap(({ local }) => (local.formula ? leavesOf(local.formula) : [])) : [];
  const reads = new Set(read.flatMap((leaf) => (leaf.kind === 'node' ? (view.shownFor(leaf.node) ?? []) : [])));
  return {
    id: -1 - id,
    name: names.partial(pass.loss, id),
    op: terms.length > 1 ? t('sum of {0}', terms.length) : '',
    kind,
    shape,
    value: gradient,
    of: id,
    whole: true,
    reads: [...reads],
  };
}

/** What the rule makes of the upstream gradient; only what it is multiplied with, where it is multiplied. */
function ruleText({ local, through, from }: ChainEdge, { names, graph }: PassView): string {
  const { formula, kind } = local;
  if (!formula || local.named.length > 0) return names.partial(through, from);
  const upstream: Expression = { kind: 'gradient', node: through };
  const written = print(kind === 'matrix' ? formula : times(upstream, formula), {
    leaf: (leaf) => {
      if (leaf.kind === 'symbol') return leaf.name;
      if (leaf.kind === 'node') return names.shown(leaf.node);
      return kind === 'matrix' ? names.partial(graph.pass.loss, leaf.node) : '';
    },
    number: formatExact,
    times: kind === 'scalar' ? '·' : ' ⊙ ',
  }).trim();
  const rule = written.replace(/^([·⊙])\s*/, '$1 ');
  return rule.length > longest ? names.partial(through, from) : rule;
}
