import type { NodeId } from '../base/brand.ts';
import { t } from '../base/l10n.ts';
import type { ChainEdge, Path } from '../analysis/chain.ts';
import { formulaText, numbersText } from './formula.ts';
import { nodeView } from './node-view.ts';
import type { PassView } from './pass-view.ts';
import { readingOf, readingOfGain, readingOfNumber, readingOfNumbers } from './reading.ts';
import { remarkOn } from './remark.ts';
import type { Card, ChainPath, Factor, Reading, Term } from './view.ts';

/** The chain rule of one shown node: its terms, its paths to the loss, and this run's numbers in all of them. */
export function buildCard(view: PassView, id: NodeId): Card {
  const { chains } = view;
  const node = nodeView(view, id);
  const edges = chains.terms(id).filter(({ through }) => chains.pathCount(through) > 0n);
  const paths = chains
    .strongestPaths(id)
    .filter(({ edges: steps }) => steps.length > 0)
    .map((path) => pathView(path, view));
  const lit = chains.reach(id);
  return {
    node,
    title: titleOf(view, id, edges, paths),
    gradient: node.gradient,
    terms: edges.map((edge) => termView(edge, view)),
    paths,
    pathCount: String(chains.pathCount(id)),
    sum: sumOf(edges, view, id),
    note: noteOf(view, id, node.op),
    lit: { nodes: lit.nodes, edges: lit.edges.map(({ from, through }) => `${from}>${through}`) },
  };
}

/** One path is written out; several are written as the sum over the node's consumers. */
function titleOf(view: PassView, id: NodeId, terms: readonly ChainEdge[], paths: readonly ChainPath[]): string {
  const { graph, names } = view;
  const { loss } = graph.pass;
  const whole = names.partial(loss, id);
  if (id === loss) return `${whole} = 1`;
  if (terms.length === 0) return t('{0} does not exist', whole);
  if (terms.length === 1 && paths.length === 1) {
    const { factors } = paths[0]!;
    return `${whole} = ${factors.length === 1 ? factors[0]!.formula : factors.map(({ symbol }) => symbol).join(' · ')}`;
  }
  const products = terms.map(({ through }) =>
    through === loss ? names.partial(through, id) : `${names.partial(loss, through)} · ${names.partial(through, id)}`,
  );
  return `${whole} = ${products.join(' + ')}`;
}

function termView(edge: ChainEdge, view: PassView): Term {
  const { graph, names } = view;
  const { from, through } = edge;
  const outer = graph.pass.gradients.get(through)!;
  return {
    through: names.shown(through),
    throughNode: through,
    symbol: `${names.partial(graph.pass.loss, through)} · ${names.partial(through, from)}`,
    outer: readingOf(outer, graph.node(through).shape),
    formula: formulaText(edge, view),
    numbers: numbersText(edge, view),
    local: localReading(edge, view),
    value: contributed(edge, view),
  };
}

function pathView({ edges }: Path, view: PassView): ChainPath {
  const { names, graph } = view;
  let running = 1;
  const factors = edges.map((edge): Factor => {
    const { from, through } = edge;
    running *= edge.local.kind === 'scalar' ? edge.local.value![0]! : NaN;
    const product = Number.isNaN(running) ? contributed(edge, view) : readingOfNumber(running);
    return {
      of: names.shown(through),
      by: names.shown(from),
      ofNode: through,
      byNode: from,
      symbol: names.partial(through, from),
      formula: formulaText(edge, view),
      numbers: numbersText(edge, view),
      value: localReading(edge, view),
      product,
      decades: product.magnitude ? Math.log10(product.magnitude) : null,
      remark: null,
    };
  });
  const nodes = [...edges.map(({ from }) => from).reverse(), graph.pass.loss];
  return { nodes, factors: withRemark(edges, factors, view), product: factors.at(-1)?.product ?? readingOfNumber(1) };
}

/** The smallest factor is where a gradient is lost; it alone gets a word. */
function withRemark(edges: readonly ChainEdge[], factors: Factor[], view: PassView): Factor[] {
  if (factors.length < 2) return factors;
  const smallest = edges.reduce((best, { gain }, i) => (gain < edges[best]!.gain ? i : best), 0);
  if (!(edges[smallest]!.gain < 1)) return factors;
  return factors.map((factor, i) => (i === smallest ? { ...factor, remark: remarkOn(edges[i]!, view) } : factor));
}

function localReading({ local, gain, from }: ChainEdge, { graph }: PassView): Reading {
  if (local.value) return readingOfNumbers(local.value, graph.node(from).shape);
  return readingOfGain(gain);
}

function contributed({ contribution, from, gain }: ChainEdge, { graph }: PassView): Reading {
  return contribution ? readingOfNumbers(contribution, graph.node(from).shape) : readingOfGain(gain);
}

function sumOf(edges: readonly ChainEdge[], view: PassView, id: NodeId): Reading | null {
  if (id === view.graph.pass.loss) return readingOfNumber(1);
  if (edges.length === 0) return null;
  const sum = new Float64Array(edges[0]!.contribution?.length ?? 0);
  for (const { contribution } of edges) {
    if (!contribution) return readingOf(view.graph.pass.gradients.get(id)!, view.graph.node(id).shape);
    contribution.forEach((x, i) => (sum[i]! += x));
  }
  return readingOfNumbers(sum, view.graph.node(id).shape);
}

function noteOf(view: PassView, id: NodeId, op: string): string {
  const { chains, graph, names } = view;
  const count = chains.pathCount(id);
  const loss = names.shown(graph.pass.loss);
  const node = graph.node(id);
  const ways =
    id === graph.pass.loss
      ? t('the loss itself')
      : count === 1n
        ? t('One path to {0}', loss)
        : t('{0} paths to {1}', String(count), loss);
  const value = t('value {0} = {1}', names.shown(id), readingOf(node.value, node.shape).text);
  const shape = node.shape.length === 0 ? t('scalar') : `[${node.shape.join(', ')}]`;
  return `${ways} · ${value} · ${op}, ${shape}, ${node.dtype}`;
}
