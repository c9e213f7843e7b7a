import type { NodeId } from '../base/brand.ts';
import type { ChainEdge, Path } from '../analysis/chain.ts';
import type { Content } from '../trace/format.ts';
import { statisticsOf } from '../trace/statistics.ts';
import { localOf } from './factor.ts';
import type { PassView } from './pass-view.ts';
import { type Arrived, PathProducts } from './path-products.ts';
import { readingOf, readingOfNumber, unknownReading } from './reading.ts';
import { remarkOn } from './remark.ts';
import { shareOf } from './share.ts';
import type { Card, ChainPath, Factor, Reading, Rest } from './view.ts';

/** Of a longer path its ends are shown. */
const [longest, head, tail] = [24, 14, 8];

/** The strongest paths with their running products, and all others together. */
export function pathsOf(view: PassView, id: NodeId, whole = false): Pick<Card, 'paths' | 'restOfPaths' | 'pathCount'> {
  const { chains, graph } = view;
  const found = chains.strongestPaths(id).filter(({ edges }) => edges.length > 0);
  const products = new PathProducts(view);
  const gradient = graph.pass.gradients.get(id) ?? null;
  const arrived = found.map(({ edges }) => products.along(edges));
  const single = found.length === 1;
  const paths = found.map((path, i) => pathView(path, arrived[i]!, view, single ? null : gradient, whole));
  const count = chains.pathCount(id);
  return { paths, restOfPaths: restOf(view, id, count, arrived, gradient), pathCount: String(count) };
}

/** Which factors of a path are shown, by their places: of a long one its two ends. */
export function shownFactors(count: number, whole: boolean): { kept: number[]; hidden: ChainPath['hidden'] } {
  const all = Array.from({ length: count }, (_, i) => i);
  if (whole || count <= longest) return { kept: all, hidden: null };
  const kept = all.filter((i) => i < head || i >= count - tail);
  return { kept, hidden: { before: head, count: count - head - tail } };
}

function pathView(
  { edges }: Path,
  arrived: readonly Arrived[],
  view: PassView,
  gradient: Content | null,
  whole: boolean,
): ChainPath {
  const { graph } = view;
  const last = arrived.at(-1) ?? null;
  const { kept, hidden } = shownFactors(edges.length, whole);
  const smallest = smallestOf(edges);
  const factors = kept.map((i): Factor => {
    const edge = edges[i]!;
    const product = readingAt(arrived[i]!, edge, view);
    return {
      ...localOf(edge, view),
      product,
      decades: product.magnitude ? Math.log10(product.magnitude) : null,
      remark: i === smallest ? remarkOn(edge, view) : null,
    };
  });
  return {
    nodes: [...edges.map(({ from }) => from).reverse(), graph.pass.loss],
    factors,
    hidden,
    product: readingAt(last, edges.at(-1)!, view),
    share: shareOf(contentOf(last), gradient),
  };
}

/** The smallest factor is where a gradient is lost; it alone gets a word. */
function smallestOf(edges: readonly ChainEdge[]): number {
  if (edges.length < 2) return -1;
  const smallest = edges.reduce((best, { gain }, i) => (gain < edges[best]!.gain ? i : best), 0);
  return edges[smallest]!.gain < 1 ? smallest : -1;
}

function readingAt(arrived: Arrived, { from }: ChainEdge, { graph }: PassView): Reading {
  if (arrived === null) return unknownReading();
  return typeof arrived === 'number' ? readingOfNumber(arrived) : readingOf(arrived, graph.node(from).shape);
}

const contentOf = (arrived: Arrived): Content | null =>
  typeof arrived === 'number' ? { statistics: statisticsOf([arrived]), data: Float64Array.of(arrived) } : arrived;

/** What the other paths bring: the gradient less what the listed ones bring. */
function restOf(
  { graph }: PassView,
  id: NodeId,
  count: bigint,
  arrived: readonly (readonly Arrived[])[],
  gradient: Content | null,
): Rest | null {
  const others = count - BigInt(arrived.length);
  if (others <= 0n || id === graph.pass.loss) return null;
  const listed = arrived.map((products) => contentOf(products.at(-1) ?? null));
  if (!gradient?.data || listed.some((content) => !content?.data))
    return { count: String(others), sum: null, share: null };
  const left = Float64Array.from(gradient.data, (x, i) =>
    listed.reduce((rest, content) => rest - content!.data![i]!, x),
  );
  const content: Content = { statistics: statisticsOf(left), data: left };
  return { count: String(others), sum: readingOf(content, graph.node(id).shape), share: shareOf(content, gradient) };
}
