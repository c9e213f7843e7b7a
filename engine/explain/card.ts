import { reuseOf } from '../analysis/reuse.ts';
import type { NodeId } from '../base/brand.ts';
import { countText } from '../base/count-text.ts';
import { t } from '../base/l10n.ts';
import { elementCard } from './element/card.ts';
import { healthLines } from './flow/health-lines.ts';
import { nodeView } from './node-view.ts';
import type { PassView } from './pass-view.ts';
import { pathsOf } from './paths.ts';
import { readingOf } from './reading.ts';
import { matricesOf } from './tensors/matrix-form.ts';
import { termsOf } from './terms.ts';
import type { Card, ChainPath, Term } from './view.ts';
import { whyView } from './why.ts';

/** As many products stand in a title; the table beside it has them all. */
const written = 4;

/**
 * The chain rule of one shown node: its terms, its paths to the loss, and this run's numbers in all of them.
 * @param whole paths of any length with all their factors, for those who read with programs.
 */
export function buildCard(view: PassView, id: NodeId, whole = false): Card {
  const ofElement = elementCard(view, id, whole);
  if (ofElement) return ofElement;
  const { chains } = view;
  const node = nodeView(view, id);
  const sum = termsOf(view, id);
  const paths = pathsOf(view, id, whole);
  const lit = chains.reach(id);
  return {
    node,
    title: titleOf(view, id, sum.terms, paths.paths),
    gradient: node.gradient,
    ...sum,
    matrices: matricesOf(view, id),
    ...paths,
    why: whyView(view, id),
    health: healthLines(view, id),
    note: noteOf(view, id, node.op),
    lit: { nodes: lit.nodes, edges: lit.edges.map(({ from, through }) => `${from}>${through}`) },
  };
}

/** One path is written out; several are written as the sum over the node's consumers. */
function titleOf(view: PassView, id: NodeId, terms: readonly Term[], paths: readonly ChainPath[]): string {
  const { graph, names, chains } = view;
  const { loss } = graph.pass;
  const whole = names.partial(loss, id);
  if (id === loss) return `${whole} = 1`;
  if (terms.length === 0) return t('{0} does not exist', whole);
  const [path] = paths;
  if (terms.length === 1 && paths.length === 1 && path && !path.hidden) {
    const { factors } = path;
    return `${whole} = ${factors.length === 1 ? factors[0]!.formula : factors.map(({ symbol }) => symbol).join(' · ')}`;
  }
  const count = chains.terms(id).length;
  const products = terms.slice(0, count > written ? written - 1 : written).map(({ symbol }) => symbol);
  const sum = `${whole} = ${products.join(' + ')}`;
  return count > written ? t('{0} + … ({1} terms)', sum, count) : sum;
}

function noteOf(view: PassView, id: NodeId, op: string): string {
  const { chains, graph, names } = view;
  const count = chains.pathCount(id);
  const loss = names.shown(graph.pass.loss);
  const node = graph.node(id);
  const ways =
    id === graph.pass.loss
      ? t('the loss itself')
      : count === 0n
        ? t('No path to {0}', loss)
        : count === 1n
          ? t('One path to {0}', loss)
          : t('{0} paths to {1}', countText(String(count)), loss);
  const value = t('value {0} = {1}', names.shown(id), readingOf(node.value, node.shape).text);
  const shape = node.shape.length === 0 ? t('scalar') : `[${node.shape.join(', ')}]`;
  const modules = view.modulePath(id);
  const reuse = reuseOf(chains, id);
  const saved =
    reuse && t('{0} edges visited once each, path by path {1} times', reuse.edges, countText(String(reuse.steps)));
  const parts = [ways, ...(saved === null ? [] : [saved]), value, `${op}, ${shape}, ${node.dtype}`];
  return (modules === '' ? parts : [...parts, t('in {0}', modules)]).join(' · ');
}
